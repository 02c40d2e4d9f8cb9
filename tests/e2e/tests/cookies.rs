//! The app's default transport: both tokens in cookies, and nowhere else.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGIN, LOGOUT, REFRESH, Scenario, Tab, eventually};
use serde_json::{Value, json};

/// Keeps every body that the page gets, and every header that it sends.
const LISTEN: &str = "
    window.heard = [];
    const send = window.fetch;
    window.fetch = async (...request) => {
        window.heard.push(JSON.stringify([...(request[0].headers ?? [])]));
        const answer = await send(...request);
        window.heard.push(await answer.clone().text());
        return answer;
    };
";

/// All that a script of the page can get hold of.
async fn reach_of_a_script(tab: &Tab) -> Result<String> {
    tab.script(
        "return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state, \
         document.title, document.documentElement.outerHTML, ...window.heard])",
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
    Scenario::new().access_ttl(20).first_script(LISTEN).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let mut tokens = vec![tab.access_token().await?, tab.refresh_token().await?];
        stage.stack.requests(REFRESH, 1, Duration::from_secs(30)).await?;
        let access = eventually("the refreshed token is in the jar", Duration::from_secs(10), async || {
            let access = tab.access_token().await?;
            Ok((access != tokens[0]).then_some(access))
        })
        .await?;
        tokens.extend([access, tab.refresh_token().await?]);
        let reach = reach_of_a_script(&tab).await?;
        assert!(reach.contains("access_expiration"), "the answers were heard");
        for token in &tokens {
            assert!(token.len() > 100 && !reach.contains(token.as_str()));
        }
        assert!(!reach.contains("eyJ"), "there is something like a token");
        Ok(())
    })
}

#[test]
fn b7_both_cookies_are_out_of_a_scripts_reach_and_of_other_sites_and_sent_where_they_are_needed() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let cookies = tab.cookies().await?;
        let of = |name: &str| cookies.iter().find(|cookie| cookie.name == name).expect("it is there");
        for (name, path) in [("access_token", "/api/"), ("refresh_token", "/api/auth/")] {
            let cookie = of(name);
            assert_eq!((cookie.path.as_str(), cookie.http_only), (path, true));
            assert_eq!(cookie.same_site.as_deref(), Some("Strict"));
        }
        tab.press("Sign out").await?;
        stage.stack.answers(LOGOUT, 200, Duration::from_secs(10)).await?;
        eventually("no cookie is left", Duration::from_secs(10), async || {
            Ok(tab.cookies().await?.is_empty().then_some(()))
        })
        .await
    })
}

#[test]
fn the_session_survives_a_reload_and_is_every_tabs_without_a_refresh() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tabs = stage.signed_in_tabs(3).await?;
        tabs[0].reload().await?;
        for tab in &tabs {
            tab.is_headed("Posts").await?;
            tab.has_posts(100).await?;
        }
        let log = stage.stack.log().await?;
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
        "user",
        "id",
        "username",
        "email",
        "first_name",
        "last_name",
        "access_issued_at",
        "access_expires_at",
        "refresh_expires_at",
        "session_ends_at",
        "signed_in_at",
        "clock",
        "skew",
        "uncertainty",
        "secs",
        "nanos",
        "measured_at",
        "hold",
        "number",
        "until",
        "since",
        "active_at",
        "revocations",
    ];
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let stored = tab.stored().await?.expect("the session is stored");
        assert_eq!(stored["record"]["status"]["signed_in"]["credentials"], json!("cookie"));
        let mut found = BTreeSet::new();
        names(&stored, &mut found);
        let unknown: Vec<_> = found.iter().filter(|name| !KNOWN.contains(&name.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        Ok(())
    })
}

#[test]
fn stale_cookies_keep_nobody_from_signing_in() -> Result<()> {
    Scenario::new().run(async |stage| {
        let stale = stage.stack.api.sign_in("demo", "demo-password").await?;
        assert_eq!(stage.stack.api.sign_out(&stale.refresh).await?, 200);
        let tab = stage.tab("/").await?;
        for (name, value) in [("access_token", &stale.access), ("refresh_token", &stale.refresh)] {
            tab.set_cookie(name, value).await?;
        }
        tab.sign_in().await?;
        assert_ne!(tab.refresh_token().await?, stale.refresh);
        Ok(())
    })
}

#[test]
fn a_sign_in_waits_for_the_sign_out_that_is_under_way_so_that_its_cookies_stay() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        stage.stack.faults(&[Fault::on(LOGOUT).delay_answer(Duration::from_secs(4)).times(1)]).await?;
        tab.press("Sign out").await?;
        stage.stack.requests(LOGOUT, 1, Duration::from_secs(10)).await?;
        // On the same page: a new one would have the browser drop the request, and its answer.
        tab.follow("Sign in").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.is_headed("Welcome back").await?;
        let log = stage.stack.log().await?;
        let time = |path, place: usize| log.of(path).after(place).first().map(|request| request.time);
        assert!(time(LOGIN, 1) > time(LOGOUT, 0).map(|sent| sent + 3.9), "{log:?}");
        tab.follow("Read the posts").await?;
        tab.has_posts(100).await
    })
}
