//! Nothing on a page moves by itself, from the first paint on.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Fault, POSTS, Scenario, Tab};
use serde_json::json;

/// What has moved so far, and by how much.
const WATCH: &str = "
    const shifts = [];
    const note = (entries) => shifts.push(...entries.map(({ value, sources }) =>
        `${value}: ${sources.map(({ node }) => node?.className || node?.nodeName).join(', ')}`));
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    window.shiftsSoFar = async () => {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        note(observer.takeRecords());
        return shifts.join('; ');
    };
";
const WIDTHS: [u32; 3] = [1280, 390, 320];

async fn show_at(tab: &Tab, width: u32) -> Result<()> {
    let metrics = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
    tab.cdp("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
}

async fn nothing_has_moved(tab: &Tab, page: &str) -> Result<()> {
    let parameters = json!({"expression": "shiftsSoFar()", "awaitPromise": true, "returnByValue": true});
    let answer = tab.cdp("Runtime.evaluate", parameters).await?;
    ensure!(answer["result"]["value"] == "", "{page}: {answer}");
    Ok(())
}

async fn opens_at_rest(tab: &Tab, path: &str, heading: &str) -> Result<()> {
    for width in WIDTHS {
        show_at(tab, width).await?;
        tab.goto(path).await?;
        tab.is_headed(heading).await?;
        nothing_has_moved(tab, path).await?;
        let is_wider = "return document.documentElement.scrollWidth > document.body.offsetWidth";
        ensure!(!tab.script::<bool>(is_wider).await?, "{path} is wider than {width} px");
    }
    Ok(())
}

#[test]
fn no_page_of_a_stranger_moves_or_is_too_wide() -> Result<()> {
    Scenario::new().with_provider().first_script(WATCH).run(async |stage| {
        let tab = stage.tab("/").await?;
        opens_at_rest(&tab, "/", "Sign in once, keep reading").await?;
        opens_at_rest(&tab, "/register", "Create an account").await?;
        opens_at_rest(&tab, "/password/forgotten", "Forgot your password?").await?;
        opens_at_rest(&tab, "/posts", "Access denied").await?;
        opens_at_rest(&tab, "/nowhere", "Page not found").await?;
        opens_at_rest(&tab, "/sign-in", "Sign in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        nothing_has_moved(&tab, "the providers").await
    })
}

#[test]
fn no_page_of_somebody_signed_in_moves_or_is_too_wide() -> Result<()> {
    Scenario::new().first_script(WATCH).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        opens_at_rest(&tab, "/", "Welcome back").await?;
        opens_at_rest(&tab, "/account", "Account").await?;
        opens_at_rest(&tab, "/session", "Your session").await?;
        opens_at_rest(&tab, "/posts", "Posts").await?;
        stage.stack.faults(&[Fault::on(POSTS).delay(Duration::from_secs(2))]).await?;
        for width in WIDTHS {
            show_at(&tab, width).await?;
            tab.reload().await?;
            tab.shows("Loading posts…").await?;
            tab.has_posts(100).await?;
            nothing_has_moved(&tab, "posts that take the place of their outline").await?;
        }
        Ok(())
    })
}
