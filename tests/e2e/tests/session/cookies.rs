//! The cookie transport: both tokens are in cookies, and nowhere else.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{Fault, LOGIN, LOGOUT, REFRESH, SameSite, Scenario, Tab, eventually, on_both_databases, session_of};
use serde_json::{Value, json};

// The rows that a late request waits for are locked differently on each.
on_both_databases! {
    s5_a_late_sign_out_of_one_person_leaves_the_next_one_signed_in,
    s5_a_late_refresh_of_one_person_changes_nothing_for_the_next_one,
}

/// Records every body that the page receives, and every header that it sends.
const RECORD: &str = "
    window.recorded = [];
    const send = window.fetch;
    window.fetch = async (...request) => {
        window.recorded.push(JSON.stringify([...(request[0].headers ?? [])]));
        const response = await send(...request);
        window.recorded.push(await response.clone().text());
        return response;
    };
";

/// Everything that a script of the page can read.
async fn readable_by_scripts(tab: &Tab) -> Result<String> {
    tab.script(
        "return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state, \
         document.title, document.documentElement.outerHTML, ...window.recorded])",
    )
    .await
}

fn names(value: &Value, found: &mut BTreeSet<String>) {
    if let Value::Object(members) = value {
        for (name, member) in members {
            found.insert(name.clone());
            names(member, found);
        }
    }
}

#[test]
fn t1_neither_token_is_in_javascript_in_storage_or_in_a_body() -> Result<()> {
    Scenario::new().access_ttl(20).first_script(RECORD).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let mut tokens = vec![tab.access_token().await?, tab.refresh_token().await?];
        ctx.servers.wait_for_requests(REFRESH, 1, Duration::from_secs(30)).await?;
        let access = eventually("the browser has the new token", Duration::from_secs(10), async || {
            let access = tab.access_token().await?;
            Ok((access != tokens[0]).then_some(access))
        })
        .await?;
        tokens.extend([access, tab.refresh_token().await?]);
        let readable = readable_by_scripts(&tab).await?;
        assert!(readable.contains("access_expiration"), "the responses were recorded");
        for token in &tokens {
            assert!(token.len() > 100 && !readable.contains(token.as_str()));
        }
        assert!(!readable.contains("eyJ"), "a JWT begins with these letters");
        Ok(())
    })
}

#[test]
fn b7_both_cookies_are_out_of_a_scripts_reach_and_of_other_sites_and_sent_where_they_are_needed() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let cookies = tab.cookies().await?;
        let session = tab.session_id().await?;
        let of = |name: String| cookies.iter().find(|cookie| cookie.name == name).expect("the cookie is set");
        for (name, path) in [("access", "/api/"), ("refresh", "/api/auth/")] {
            let cookie = of(format!("yew-auth-{name}.{session}"));
            assert_eq!((cookie.path.as_deref(), cookie.http_only), (Some(path), Some(true)));
            assert_eq!(cookie.same_site, Some(SameSite::Strict));
        }
        tab.press("Sign out").await?;
        ctx.servers.wait_for_response(LOGOUT, 200, Duration::from_secs(10)).await?;
        eventually("no cookie is left", Duration::from_secs(10), async || {
            Ok(tab.cookies().await?.is_empty().then_some(()))
        })
        .await
    })
}

#[test]
fn the_session_survives_a_reload_and_is_every_tabs_without_a_refresh() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tabs = ctx.signed_in_tabs(3).await?;
        tabs[0].reload().await?;
        for tab in &tabs {
            tab.has_heading("Posts").await?;
            tab.has_posts(100).await?;
        }
        let log = ctx.servers.request_log().await?;
        assert_eq!((log.of(LOGIN).len(), log.of(REFRESH).len()), (1, 0));
        assert!(log.with_status(401).is_empty());
        Ok(())
    })
}

#[test]
fn the_shared_record_holds_generation_times_skew_and_user_alone() -> Result<()> {
    const KNOWN: &[&str] = &[
        "schema",
        "record",
        "generation",
        "status",
        "signed_in",
        "credentials",
        "session_cookie",
        "session",
        "user",
        "id",
        "username",
        "email",
        "first_name",
        "last_name",
        "full_name",
        "details",
        "pk",
        "has_password",
        "access_issued_at",
        "access_expires_at",
        "refresh_expires_at",
        "refresh_end_is_fixed",
        "session_ends_at",
        "signed_in_at",
        "clock",
        "skew",
        "uncertainty",
        "secs",
        "nanos",
        "measured_at",
        "refresh_pause",
        "number",
        "until",
        "since",
        "active_at",
        "revocations",
        "pending_sign_ins",
    ];
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let session = session_of(&tab.refresh_token().await?)?;
        let stored = tab.stored_record().await?.expect("the session is stored");
        assert_eq!(
            stored["record"]["status"]["signed_in"]["credentials"]["session_cookie"],
            json!({ "session": session })
        );
        let mut found = BTreeSet::new();
        names(&stored, &mut found);
        let details = stored["record"]["status"]["signed_in"]["user"]["details"].as_str();
        names(&serde_json::from_str(details.context("the user as the backend sent it")?)?, &mut found);
        let unknown: Vec<_> = found.iter().filter(|name| !KNOWN.contains(&name.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        Ok(())
    })
}

#[test]
fn stale_cookies_keep_nobody_from_signing_in() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let stale = ctx.servers.api.sign_in("demo", "demo-password").await?;
        assert_eq!(ctx.servers.api.sign_out(&stale.refresh).await?, 200);
        let tab = ctx.tab("/").await?;
        let session = session_of(&stale.refresh)?;
        for (name, value) in [("access", &stale.access), ("refresh", &stale.refresh)] {
            tab.set_cookie(&format!("yew-auth-{name}.{session}"), value).await?;
        }
        tab.sign_in().await?;
        assert_ne!(tab.refresh_token().await?, stale.refresh);
        Ok(())
    })
}

fn s5_a_late_sign_out_of_one_person_leaves_the_next_one_signed_in(scenario: Scenario) -> Result<()> {
    scenario.run(async |ctx| {
        ctx.servers.api.register("berta", "correct horse battery").await?;
        let tabs = ctx.signed_in_tabs(2).await?;
        let first = tabs[0].session_id().await?;
        ctx.servers.set_faults(&[Fault::on(LOGOUT).delay_response(Duration::from_secs(4)).times(1)]).await?;
        tabs[0].press("Sign out").await?;
        ctx.servers.wait_for_requests(LOGOUT, 1, Duration::from_secs(10)).await?;
        tabs[1].shows("You have signed out in another tab.").await?;
        tabs[1].press("Sign in").await?;
        tabs[1].submit_password("berta", "correct horse battery").await?;
        tabs[1].has_heading("Posts").await?;
        // Loading another page earlier would cancel the sign-out request. One that does not get through is sent again after
        // half a minute.
        eventually("the late response has arrived", Duration::from_secs(60), async || {
            let stored = tabs[1].stored_record().await?.expect("the session is stored");
            Ok((stored["record"]["revocations"] == json!([])).then_some(()))
        })
        .await?;
        for tab in &tabs {
            tab.open("/posts", "Posts").await?;
            tab.shows("berta").await?;
            tab.has_posts(100).await?;
        }
        assert_ne!(tabs[0].session_id().await?, first);
        assert_eq!(ctx.servers.api.refresh(&tabs[0].refresh_token().await?).await?.0, 200, "the session is alive");
        Ok(())
    })
}

fn s5_a_late_refresh_of_one_person_changes_nothing_for_the_next_one(scenario: Scenario) -> Result<()> {
    scenario.access_ttl(20).run(async |ctx| {
        ctx.servers.api.register("berta", "correct horse battery").await?;
        ctx.servers.set_faults(&[Fault::on(REFRESH).delay_response(Duration::from_secs(8)).times(1)]).await?;
        let tabs = ctx.signed_in_tabs(2).await?;
        ctx.servers.wait_for_requests(REFRESH, 1, Duration::from_secs(30)).await?;
        tabs[1].press("Sign out").await?;
        tabs[1].follow("Sign in").await?;
        tabs[1].submit_password("berta", "correct horse battery").await?;
        tabs[1].has_heading("Welcome back").await?;
        let session = tabs[1].session_id().await?;
        ctx.servers.wait_for_response(REFRESH, 200, Duration::from_secs(20)).await?;
        for tab in &tabs {
            tab.open("/posts", "Posts").await?;
            tab.shows("berta").await?;
            tab.has_posts(100).await?;
            assert_eq!(tab.session_id().await?, session);
        }
        Ok(())
    })
}

#[test]
fn a_session_whose_record_is_lost_is_taken_up_from_its_cookies() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let session = tab.session_id().await?;
        for lost in ["localStorage.clear()", "localStorage.setItem('yew-auth.session', '{')"] {
            tab.script::<()>(lost).await?;
            tab.goto("/posts").await?;
            tab.has_posts(100).await?;
            assert_eq!(tab.session_id().await?, session);
        }
        assert_eq!(ctx.servers.request_log().await?.of(LOGIN).len(), 1);
        Ok(())
    })
}
