//! Nothing on a page moves by itself, from the first paint on, nor when an answer comes late.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Fault, LOGIN, POSTS, Scenario, Tab};
use serde_json::json;

use crate::states::{end_session, has_post_tools, offer_post, serve_posts, show_posts};

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
/// A window, and two phones.
const WIDTHS: [u32; 3] = [1280, 390, 320];
const LONG: Duration = Duration::from_secs(40);
/// By then the browser no longer takes what moves for the doing of who has pressed a button.
const LATE: Duration = Duration::from_secs(1);

async fn show_at(tab: &Tab, width: u32) -> Result<()> {
    if width > 1000 { tab.resize(width, 800).await } else { tab.resize_phone(width, 800).await }
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
        // A path that differs in its fragment alone would not be loaded anew.
        tab.visit("about:blank").await?;
        tab.goto(path).await?;
        tab.is_headed(heading).await?;
        if heading == "Posts" {
            tab.has_posts(100).await?;
            has_post_tools(tab).await?;
        }
        nothing_has_moved(tab, &format!("{path} at {width} px")).await?;
    }
    Ok(())
}

#[test]
fn no_page_of_a_stranger_moves() -> Result<()> {
    Scenario::new().with_provider().first_script(WATCH).run(async |stage| {
        let tab = stage.tab("/").await?;
        opens_at_rest(&tab, "/", "Sign in once, keep reading").await?;
        opens_at_rest(&tab, "/register", "Create an account").await?;
        opens_at_rest(&tab, "/password/reset", "This link is not complete").await?;
        opens_at_rest(&tab, "/password/reset#uid=x&token=y", "Set a new password").await?;
        opens_at_rest(&tab, "/auth/callback/dev", "This sign-in cannot be finished").await?;
        opens_at_rest(&tab, "/posts", "Access denied").await?;
        opens_at_rest(&tab, "/session", "Your session").await?;
        opens_at_rest(&tab, "/nowhere", "Page not found").await?;
        opens_at_rest(&tab, "/sign-in", "Sign in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        nothing_has_moved(&tab, "the providers").await?;
        opens_at_rest(&tab, "/password/forgotten", "Forgot your password?").await?;
        tab.fill("Email", "nobody@example.test").await?;
        tab.press("Send the link").await?;
        tab.shows("on its way").await?;
        nothing_has_moved(&tab, "the mail is sent").await
    })
}

#[test]
fn no_page_of_somebody_signed_in_moves() -> Result<()> {
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
            has_post_tools(&tab).await?;
            nothing_has_moved(&tab, "posts that take the place of their outline").await?;
        }
        Ok(())
    })
}

#[test]
fn a_password_that_is_refused_late_moves_nothing_nor_does_a_name_that_is_saved_late() -> Result<()> {
    Scenario::new().first_script(WATCH).run(async |stage| {
        stage.browser.console.expect(LOGIN, "400");
        let late = [LOGIN, "/api/auth/user/"].map(|path| Fault::on(path).delay(LATE));
        stage.stack.faults(&late).await?;
        let tab = stage.tab("/").await?;
        for width in WIDTHS {
            show_at(&tab, width).await?;
            tab.goto("/sign-in").await?;
            tab.submit_password("demo", "wrong").await?;
            tab.shows("Unable to log in").await?;
            nothing_has_moved(&tab, &format!("a wrong password at {width} px")).await?;
        }
        tab.goto("/sign-in?next=%2Faccount").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.is_headed("Account").await?;
        for width in WIDTHS {
            show_at(&tab, width).await?;
            tab.goto("/account").await?;
            tab.is_headed("Account").await?;
            tab.press("Save name").await?;
            tab.shows("Your name is saved.").await?;
            nothing_has_moved(&tab, &format!("a name that is saved at {width} px")).await?;
        }
        Ok(())
    })
}

#[test]
fn what_the_app_has_to_say_over_the_posts_moves_nothing() -> Result<()> {
    Scenario::new().first_script(WATCH).run(async |stage| {
        for (path, status) in [(POSTS, "503"), (LOGIN, "400")] {
            stage.browser.console.expect(path, status);
        }
        let tab = stage.signed_in_tab().await?;
        for width in WIDTHS {
            show_at(&tab, width).await?;
            show_posts(stage, &tab, &[1, 2, 3]).await?;
            offer_post(stage, &tab, &[1, 2, 3], 4).await?;
            nothing_has_moved(&tab, "a new post is offered").await?;
            stage.stack.faults(&[Fault::on(POSTS).status(503)]).await?;
            tab.press("Refresh").await?;
            tab.shows("These are the last posts that came").await?;
            nothing_has_moved(&tab, "a notice comes").await?;
            serve_posts(stage, &[4, 1, 2, 3]).await?;
            tab.press("Try again").await?;
            tab.hides_within("These are the last posts that came", LONG).await?;
            nothing_has_moved(&tab, "a notice goes").await?;
        }
        stage.stack.heal().await?;
        for width in WIDTHS {
            show_at(&tab, width).await?;
            tab.goto("/posts").await?;
            tab.has_posts(100).await?;
            end_session(stage, &tab).await?;
            stage.stack.faults(&[Fault::on(LOGIN).delay(LATE)]).await?;
            tab.fill("Password", "wrong").await?;
            tab.press("Sign in").await?;
            tab.shows("Unable to log in").await?;
            nothing_has_moved(&tab, &format!("signing in again at {width} px")).await?;
            tab.press("Not now").await?;
            tab.is_headed("Access denied").await?;
            tab.sign_in().await?;
        }
        Ok(())
    })
}

#[test]
fn what_the_session_does_moves_nothing_in_the_inspector() -> Result<()> {
    Scenario::bearer().first_script(WATCH).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.resize(1280, 800).await?;
        tab.goto("/session").await?;
        tab.is_headed("Your session").await?;
        tab.press("Expire the access token").await?;
        tab.shows_within("Refreshed", LONG).await?;
        nothing_has_moved(&tab, "a refresh").await
    })
}
