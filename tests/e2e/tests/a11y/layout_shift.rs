//! No layout shifts: from the first paint on nothing moves by itself, not even when a response is late.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Fault, LOGIN, Need, POSTS, Scenario, Tab};

/// Records each layout shift with its score and its elements.
const RECORD_SHIFTS: &str = "
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
/// A desktop and two phones, in pixels.
const WIDTHS: [u32; 3] = [1280, 390, 320];
const LONG: Duration = Duration::from_secs(40);
/// By then a shift no longer counts as caused by the click: the browser excludes 500 ms after an input.
const LATE: Duration = Duration::from_secs(1);

async fn resize(tab: &Tab, width: u32) -> Result<()> {
    if width > 1000 { tab.resize(width, 800).await } else { tab.resize_phone(width, 800).await }
}

async fn nothing_has_moved(tab: &Tab, page: &str) -> Result<()> {
    let shifts: String = tab.script("return shiftsSoFar()").await?;
    ensure!(shifts.is_empty(), "{page}: {shifts}");
    Ok(())
}

async fn opens_without_shift(tab: &Tab, path: &str, heading: &str) -> Result<()> {
    for width in WIDTHS {
        resize(tab, width).await?;
        // A path that differs in its fragment alone would not load again.
        tab.visit("about:blank").await?;
        tab.open(path, heading).await?;
        if heading == "Posts" {
            tab.has_posts(100).await?;
            tab.has_post_search().await?;
        }
        nothing_has_moved(tab, &format!("{path} at {width} px")).await?;
    }
    Ok(())
}

#[test]
fn no_page_of_a_stranger_moves() -> Result<()> {
    Scenario::new().needs(Need::LayoutShifts).with_provider().first_script(RECORD_SHIFTS).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        opens_without_shift(&tab, "/", "Sign in once, keep reading").await?;
        opens_without_shift(&tab, "/register", "Create an account").await?;
        opens_without_shift(&tab, "/password/reset", "This link is not complete").await?;
        opens_without_shift(&tab, "/password/reset#uid=x&token=y", "Set a new password").await?;
        opens_without_shift(&tab, "/auth/callback/dev", "This sign-in cannot be finished").await?;
        opens_without_shift(&tab, "/posts", "Access denied").await?;
        opens_without_shift(&tab, "/session", "Your session").await?;
        opens_without_shift(&tab, "/nowhere", "Page not found").await?;
        opens_without_shift(&tab, "/sign-in", "Sign in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        nothing_has_moved(&tab, "the providers").await?;
        opens_without_shift(&tab, "/password/forgotten", "Forgot your password?").await?;
        tab.fill("Email", "nobody@example.test").await?;
        tab.press("Send the link").await?;
        tab.shows("on its way").await?;
        nothing_has_moved(&tab, "a sent mail").await
    })
}

#[test]
fn no_page_of_somebody_signed_in_moves() -> Result<()> {
    Scenario::new().needs(Need::LayoutShifts).first_script(RECORD_SHIFTS).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        opens_without_shift(&tab, "/", "Welcome back").await?;
        opens_without_shift(&tab, "/account", "Account").await?;
        opens_without_shift(&tab, "/session", "Your session").await?;
        opens_without_shift(&tab, "/posts", "Posts").await?;
        ctx.servers.set_faults(&[Fault::on(POSTS).delay(Duration::from_secs(2))]).await?;
        for width in WIDTHS {
            resize(&tab, width).await?;
            tab.reload().await?;
            tab.shows("Loading posts…").await?;
            tab.has_posts(100).await?;
            tab.has_post_search().await?;
            nothing_has_moved(&tab, "posts that replace their outline").await?;
        }
        Ok(())
    })
}

#[test]
fn a_password_that_is_refused_late_moves_nothing_nor_does_a_name_that_is_saved_late() -> Result<()> {
    Scenario::new().needs(Need::LayoutShifts).first_script(RECORD_SHIFTS).run(async |ctx| {
        ctx.browser.console.expect(LOGIN, "400");
        let late = [LOGIN, "/api/auth/user/"].map(|path| Fault::on(path).delay(LATE));
        ctx.servers.set_faults(&late).await?;
        let tab = ctx.tab("/").await?;
        for width in WIDTHS {
            resize(&tab, width).await?;
            tab.goto("/sign-in").await?;
            tab.submit_password("demo", "wrong").await?;
            tab.shows("Unable to log in").await?;
            nothing_has_moved(&tab, &format!("a wrong password at {width} px")).await?;
        }
        tab.goto("/sign-in?next=%2Faccount").await?;
        tab.submit_demo_password().await?;
        tab.has_heading("Account").await?;
        for width in WIDTHS {
            resize(&tab, width).await?;
            tab.open("/account", "Account").await?;
            tab.press("Save name").await?;
            tab.shows("Your name is saved.").await?;
            nothing_has_moved(&tab, &format!("a saved name at {width} px")).await?;
        }
        Ok(())
    })
}

#[test]
fn what_the_app_has_to_say_over_the_posts_moves_nothing() -> Result<()> {
    Scenario::new().needs(Need::LayoutShifts).first_script(RECORD_SHIFTS).run(async |ctx| {
        for (path, status) in [(POSTS, "503"), (LOGIN, "400")] {
            ctx.browser.console.expect(path, status);
        }
        let tab = ctx.signed_in_tab().await?;
        for width in WIDTHS {
            resize(&tab, width).await?;
            ctx.show_posts(&tab, &[1, 2, 3]).await?;
            ctx.offer_post(&tab, &[1, 2, 3], 4).await?;
            nothing_has_moved(&tab, "an offered post").await?;
            ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
            tab.press("Refresh").await?;
            tab.shows("These are the last posts that came").await?;
            nothing_has_moved(&tab, "a notice appears").await?;
            ctx.serve_posts([4, 1, 2, 3]).await?;
            tab.press("Try again").await?;
            tab.hides_within("These are the last posts that came", LONG).await?;
            nothing_has_moved(&tab, "a notice disappears").await?;
        }
        ctx.servers.clear_faults().await?;
        for width in WIDTHS {
            resize(&tab, width).await?;
            tab.goto("/posts").await?;
            tab.has_posts(100).await?;
            ctx.end_session(&tab).await?;
            ctx.servers.set_faults(&[Fault::on(LOGIN).delay(LATE)]).await?;
            tab.fill("Password", "wrong").await?;
            tab.press("Sign in").await?;
            tab.shows("Unable to log in").await?;
            nothing_has_moved(&tab, &format!("signing in again at {width} px")).await?;
            tab.press("Not now").await?;
            tab.has_heading("Access denied").await?;
            tab.sign_in().await?;
        }
        Ok(())
    })
}

#[test]
fn what_the_session_does_moves_nothing_in_the_inspector() -> Result<()> {
    Scenario::bearer().needs(Need::LayoutShifts).first_script(RECORD_SHIFTS).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.resize(1280, 800).await?;
        tab.open("/session", "Your session").await?;
        tab.press("Expire the access token").await?;
        tab.shows_within("Refreshed", LONG).await?;
        nothing_has_moved(&tab, "a refresh").await
    })
}
