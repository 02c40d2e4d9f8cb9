//! The content security policy of the app.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, OtherOrigin, POSTS, Scenario, Tab, eventually};
use serde_json::{Value, json};

/// Records policy violations over all pages of a tab.
const RECORD: &str = "
    addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI, sample}) => {
        sessionStorage.violations = `${sessionStorage.violations ?? ''}${violatedDirective} ${blockedURI} ${sample}\\n`;
    });
";

async fn recorded_violations(tab: &Tab) -> Result<Option<String>> {
    tab.script("return sessionStorage.violations ?? null").await
}

#[test]
fn b1_b2_every_page_runs_under_the_policy_and_trusted_types_with_no_violation() -> Result<()> {
    Scenario::new().with_provider().first_script(RECORD).run(async |ctx| {
        ctx.browser.console.expect(POSTS, "503");
        let tab = ctx.tab("/").await?;
        for (path, heading) in [
            ("/posts", "Access denied"),
            ("/nowhere", "Page not found"),
            ("/auth/callback/dev?error=x", "This sign-in cannot be finished"),
            ("/sign-in?next=%2Fposts", "Sign in"),
        ] {
            tab.open(path, heading).await?;
        }
        tab.go_to_consent().await?;
        tab.authorize().await?;
        tab.has_heading("Posts").await?;
        tab.has_posts(100).await?;
        ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.wake().await?;
        tab.shows("The server cannot answer at the moment").await?;
        tab.follow("yew-auth").await?;
        tab.has_heading("Welcome back").await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        assert_eq!(recorded_violations(&tab).await?, None);
        assert_eq!(ctx.servers.policy_violations().await?, Vec::<Value>::new());
        Ok(())
    })
}

#[test]
fn b1_b2_the_policy_stops_and_reports_inline_style_evaluated_code_and_markup_from_text() -> Result<()> {
    const OFFENCES: [(&str, &str); 3] = [
        ("document.head.appendChild(document.createElement('style')).append('* {}')", "style-src-elem"),
        // The driver may evaluate code, but a callback runs under the page's policy.
        ("setTimeout(() => { try { window.eval('1') } catch {} })", "require-trusted-types-for"),
        ("try { document.body.innerHTML = '<b>x</b>' } catch {}", "require-trusted-types-for"),
    ];
    Scenario::new().first_script(RECORD).run(async |ctx| {
        ctx.browser.console.expect_refusal("Content Security Policy directive 'style-src 'self'");
        ctx.browser.console.expect_refusal("Content Security Policy directive 'script-src 'self'");
        ctx.browser.console.expect_refusal("requires 'TrustedScript' assignment");
        ctx.browser.console.expect_refusal("requires 'TrustedHTML' assignment");
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        let reports = async |directive: &str| {
            let reports = ctx.servers.policy_violations().await?;
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
        tab.has_heading("Sign in once, keep reading").await
    })
}

/// A manifest and a home screen's icon have none: no browser checks it, and nothing of them runs in the page.
#[test]
fn every_file_that_the_page_runs_or_shows_has_an_integrity() -> Result<()> {
    const NAMED: &str = "
        return [...document.querySelectorAll(
            'script[src], link[href]:not([rel=manifest], [rel=apple-touch-icon])')].map(({outerHTML, integrity, dataset}) =>
            [outerHTML, (integrity || dataset.integrity || '').startsWith('sha384-')])";
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        let named: Vec<(String, bool)> = tab.script(NAMED).await?;
        assert!(named.len() >= 4, "{named:?}");
        let missing: Vec<_> = named.into_iter().filter(|(_, has_integrity)| !has_integrity).collect();
        assert!(missing.is_empty(), "{missing:?}");
        Ok(())
    })
}

#[test]
fn b4_the_app_in_a_frame_is_refused_and_runs_nothing() -> Result<()> {
    Scenario::new().run(async |ctx| {
        // The blocked frame has no URL and no origin to report from.
        ctx.browser.console.expect_refusal("frame-ancestors 'none'");
        ctx.browser.console.expect("/api/__faults__/csp/", "ERR_BLOCKED_BY_RESPONSE");
        let embedder = OtherOrigin::start()?;
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        assert!(tab.has_app().await?);
        let before = ctx.servers.request_log().await?.len();
        tab.visit(embedder.origin()).await?;
        let framed = format!(
            "return new Promise(resolve => {{
                const frame = document.createElement('iframe');
                frame.addEventListener('load', () => resolve(null));
                frame.src = {};
                document.body.append(frame);
            }})",
            json!(format!("{}/", ctx.servers.origin()))
        );
        tab.script::<()>(&framed).await?;
        assert!(!tab.first_frame_has_app().await?);
        assert_eq!(ctx.servers.request_log().await?.after(before).len(), 1, "the page, and nothing that it would load");
        Ok(())
    })
}
