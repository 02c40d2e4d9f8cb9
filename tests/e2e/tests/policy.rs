//! The app under its content security policy.

use anyhow::Result;
use e2e::{Bystander, Fault, POSTS, Scenario, Tab, eventually};
use serde_json::{Value, json};
use std::time::Duration;

/// Keeps what the browser says of the policy, over all pages of a tab.
const LISTEN: &str = "
    addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI, sample}) => {
        sessionStorage.violations = `${sessionStorage.violations ?? ''}${violatedDirective} ${blockedURI} ${sample}\\n`;
    });
";

async fn seen(tab: &Tab) -> Result<Option<String>> {
    tab.script("return sessionStorage.violations ?? null").await
}

#[test]
fn b1_b2_every_page_runs_under_the_policy_and_trusted_types_with_no_violation() -> Result<()> {
    Scenario::new().with_provider().first_script(LISTEN).run(async |stage| {
        stage.browser.console.expect("/favicon.ico", "404");
        stage.browser.console.expect(POSTS, "503");
        let tab = stage.tab("/").await?;
        for (path, heading) in [
            ("/posts", "Access denied"),
            ("/nowhere", "Page not found"),
            ("/auth/callback/dev?error=x", "This sign-in cannot be finished"),
            ("/sign-in?next=%2Fposts", "Sign in"),
        ] {
            tab.goto(path).await?;
            tab.is_headed(heading).await?;
        }
        tab.press("Continue with Dev OIDC").await?;
        tab.is_headed("Sign In").await?;
        tab.fill("Username or email", "alice").await?;
        tab.fill("Password", "password").await?;
        tab.press("Sign In").await?;
        tab.is_headed("Authorize Posts app").await?;
        tab.press("Authorize").await?;
        tab.is_headed("Posts").await?;
        tab.has_posts(100).await?;
        stage.stack.faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.wake().await?;
        tab.shows("The server cannot answer at the moment").await?;
        tab.follow("yew-auth").await?;
        tab.is_headed("Welcome back").await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        assert_eq!(seen(&tab).await?, None);
        assert_eq!(stage.stack.violations().await?, Vec::<Value>::new());
        Ok(())
    })
}

#[test]
fn b1_b2_the_policy_stops_and_reports_inline_style_evaluated_code_and_markup_from_text() -> Result<()> {
    const OFFENCES: [(&str, &str); 3] = [
        ("document.head.appendChild(document.createElement('style')).append('* {}')", "style-src-elem"),
        // What the test itself runs may evaluate code, what it leaves behind may not.
        ("setTimeout(() => { try { window.eval('1') } catch {} })", "require-trusted-types-for"),
        ("try { document.body.innerHTML = '<b>x</b>' } catch {}", "require-trusted-types-for"),
    ];
    Scenario::new().first_script(LISTEN).run(async |stage| {
        stage.browser.console.expect_refusal("Content Security Policy directive 'style-src 'self''");
        stage
            .browser
            .console
            .expect_refusal("Content Security Policy directive 'script-src 'self' 'wasm-unsafe-eval''");
        stage.browser.console.expect_refusal("requires 'TrustedScript' assignment");
        stage.browser.console.expect_refusal("requires 'TrustedHTML' assignment");
        let tab = stage.tab("/").await?;
        tab.is_headed("Sign in once, keep reading").await?;
        let reports = async |directive: &str| {
            let reports = stage.stack.violations().await?;
            anyhow::Ok(reports.iter().filter(|report| report["effective-directive"] == directive).count())
        };
        for (offence, directive) in OFFENCES {
            let before = reports(directive).await?;
            tab.script::<()>(offence).await?;
            eventually(offence, Duration::from_secs(10), async || {
                Ok((reports(directive).await? > before).then_some(()))
            })
            .await?;
        }
        tab.is_headed("Sign in once, keep reading").await
    })
}

#[test]
fn every_file_that_the_page_names_has_an_integrity() -> Result<()> {
    const NAMED: &str = "
        return [...document.querySelectorAll('script, link')].map(({outerHTML, integrity, dataset}) =>
            [outerHTML, (integrity || dataset.integrity || '').startsWith('sha384-')])";
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        tab.is_headed("Sign in once, keep reading").await?;
        let named: Vec<(String, bool)> = tab.script(NAMED).await?;
        assert!(named.len() > 5, "{named:?}");
        let bare: Vec<_> = named.into_iter().filter(|(_, has_integrity)| !has_integrity).collect();
        assert!(bare.is_empty(), "{bare:?}");
        Ok(())
    })
}

#[test]
fn b4_the_app_in_a_frame_is_refused_and_runs_nothing() -> Result<()> {
    Scenario::new().run(async |stage| {
        // No page of ours is there to be named, and no origin that the report could come from.
        stage.browser.console.expect_refusal("frame-ancestors 'none'");
        stage.browser.console.expect("/api/__faults__/csp/", "ERR_BLOCKED_BY_RESPONSE");
        let around = Bystander::start()?;
        let tab = stage.tab("/").await?;
        tab.is_headed("Sign in once, keep reading").await?;
        let before = stage.stack.log().await?.len();
        tab.visit(around.origin()).await?;
        let framed = format!(
            "return new Promise(resolve => {{
                const frame = document.createElement('iframe');
                frame.addEventListener('load', () => resolve(null));
                frame.src = {};
                document.body.append(frame);
            }})",
            json!(format!("{}/", stage.stack.origin()))
        );
        tab.script::<()>(&framed).await?;
        let tree = tab.cdp("Page.getFrameTree", json!({})).await?;
        assert_eq!(tree["frameTree"]["childFrames"][0]["frame"]["url"], "chrome-error://chromewebdata/", "{tree}");
        assert_eq!(stage.stack.log().await?.after(before).len(), 1, "the page itself, and nothing that it would load");
        Ok(())
    })
}
