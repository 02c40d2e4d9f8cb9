//! The warning before a session ends, by keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{Drop, Fault, IDLE_LIMIT, Key, LOGIN, Scenario};

#[test]
fn before_the_absolute_end_a_new_session_begins_in_place() -> Result<()> {
    // The warning comes after 32 s, between two polls. A poll during the sign-in would be refused and sent again, and the
    // browser would print an error.
    Scenario::new().setting("SESSION_TTL", 152).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.script::<()>("scrollTo(0, 2000)").await?;
        tab.shows_within("Your session ends soon", Duration::from_secs(60)).await?;
        tab.has_focus_on("Your session ends soon").await?;
        tab.type_password("demo-password").await?;
        tab.has_no_dialog().await?;
        assert_eq!(ctx.servers.request_log().await?.of(LOGIN).with_status(200).len(), 2);
        assert_eq!(tab.script::<i64>("return Math.round(scrollY)").await?, 2000);
        assert_eq!(tab.post_count().await?, 100);
        Ok(())
    })
}

#[test]
fn c9_a_sign_in_that_fails_before_the_end_is_told_in_the_dialog_and_the_page_stays() -> Result<()> {
    Scenario::new().setting("SESSION_TTL", 170).run(async |ctx| {
        ctx.browser.console.expect(LOGIN, "503");
        ctx.browser.console.expect(LOGIN, "ERR_");
        let tab = ctx.signed_in_tab().await?;
        tab.fill("Find", "qui est").await?;
        tab.shows_within("Your session ends soon", Duration::from_secs(90)).await?;
        ctx.servers.set_faults(&[Fault::on(LOGIN).status(503).html("Service unavailable")]).await?;
        tab.type_password("demo-password").await?;
        tab.shows("The server cannot answer at the moment (status 503).").await?;
        ctx.servers.set_faults(&[Fault::on(LOGIN).drop(Drop::Before)]).await?;
        tab.submit_demo_password().await?;
        tab.shows("The server cannot be reached.").await?;
        tab.shows("Your session ends soon").await?;
        ctx.servers.clear_faults().await?;
        tab.submit_demo_password().await?;
        tab.has_no_dialog().await?;
        let typed: String = tab.script("return document.querySelector('[type=search]').value").await?;
        assert_eq!(typed, "qui est");
        Ok(())
    })
}

#[test]
fn who_is_still_there_stays_signed_in_and_who_is_not_finds_no_post() -> Result<()> {
    Scenario::new().first_script(IDLE_LIMIT).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let long = Duration::from_secs(40);
        tab.shows_within("Are you still there?", long).await?;
        tab.activate("Stay signed in").await?;
        tab.has_no_dialog().await?;
        assert_eq!(tab.post_count().await?, 100);
        tab.shows_within("Sign in to go on", long).await?;
        tab.shows("You were inactive for a while").await?;
        tab.has_posts(0).await?;
        tab.type_password("demo-password").await?;
        tab.has_no_dialog().await?;
        tab.has_posts(100).await
    })
}

#[test]
fn a_warning_that_comes_with_the_sign_in_is_filled_in_with_the_persons_name() -> Result<()> {
    // The form of the sign-in page, with fields of the same names, is still there when the dialog opens.
    Scenario::new().setting("SESSION_TTL", 110).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.has_focus_on("Your session ends soon").await?;
        assert_eq!(tab.script::<String>("return document.querySelector('dialog input').value").await?, "demo");
        Ok(())
    })
}

#[test]
fn the_word_before_the_absolute_end_can_be_dismissed() -> Result<()> {
    Scenario::new().setting("SESSION_TTL", 110).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.has_focus_on("Your session ends soon").await?;
        tab.activate("Not now").await?;
        tab.has_no_dialog().await?;
        tab.has_focus_on("Posts").await?;
        tab.reload().await?;
        tab.has_focus_on("Your session ends soon").await?;
        tab.keys(Key::Escape).await?;
        tab.has_no_dialog().await?;
        tab.has_posts(100).await?;
        assert!(tab.text().await?.contains("Demo Person"));
        Ok(())
    })
}

#[test]
fn who_is_asked_may_sign_out_at_once() -> Result<()> {
    Scenario::new().first_script(IDLE_LIMIT).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.shows_within("You will be signed out in", Duration::from_secs(40)).await?;
        tab.has_focus_on("Are you still there?").await?;
        tab.activate("Sign out now").await?;
        tab.has_no_dialog().await?;
        tab.has_heading("Access denied").await?;
        tab.has_focus_on("Access denied").await?;
        assert_eq!(tab.post_count().await?, 0);
        Ok(())
    })
}
