//! A page of another site can do nothing with a session in cookies.

use std::collections::BTreeMap;

use anyhow::Result;
use e2e::{LOGIN, LOGOUT, OtherOrigin, POSTS, REFRESH, Scenario, Tab};
use serde_json::{Value, json};

/// Sends what the app would send, and returns the status of the response.
async fn post(tab: &Tab, path: &str, session: &str, body: Value) -> Result<u16> {
    let script = format!(
        "return fetch('{path}', {{method: 'POST', body: JSON.stringify({body}), \
         headers: {{'content-type': 'application/json', 'x-session-id': '{session}'}}}}).then(response => response.status)"
    );
    tab.script(&script).await
}

/// The names and values of the session's cookies.
async fn cookies(tab: &Tab) -> Result<BTreeMap<String, String>> {
    Ok(tab.cookies().await?.into_iter().map(|cookie| (cookie.name, cookie.value)).collect())
}

#[test]
fn b5_b6_another_sites_page_can_neither_end_nor_renew_nor_read_a_session_that_is_kept_in_cookies() -> Result<()> {
    Scenario::new().setting("COOKIE_MODE", 1).run(async |ctx| {
        let evil = OtherOrigin::start()?;
        let tab = ctx.tab("/").await?;
        assert_eq!(post(&tab, LOGIN, "none", json!({"username": "demo", "password": "demo-password"})).await?, 200);
        let before = cookies(&tab).await?;
        assert_eq!(before.len(), 2, "{before:?}");

        // The browser prints an error for each request that was refused, or whose response the page may not read.
        for path in [LOGOUT, REFRESH] {
            ctx.browser.console.expect(path, "403");
            // For `no-cors`: the server's CORP header keeps the response from other origins.
            ctx.browser.console.expect(path, "ERR_BLOCKED_BY_RESPONSE");
            ctx.browser.console.expect(path, "ERR_FAILED");
        }
        ctx.browser.console.expect(POSTS, "ERR_FAILED");
        ctx.browser.console.expect_refusal("has been blocked by CORS policy");
        tab.visit(evil.origin()).await?;
        let app = json!(ctx.servers.origin());
        for path in [LOGOUT, REFRESH] {
            for mode in ["no-cors", "cors"] {
                let forged = format!("{{method: 'POST', mode: '{mode}', credentials: 'include', body: '{{}}'}}");
                tab.script::<()>(&format!("return fetch({app} + '{path}', {forged}).then(() => null, () => null)"))
                    .await?;
            }
            let answered = ctx.servers.request_log().await?.of(path);
            assert_eq!((answered.len(), answered.with_status(403).len()), (2, 2), "{answered:?}");
        }
        let read = format!(
            "return fetch({app} + '{POSTS}', {{credentials: 'include'}}).then(response => response.text(), () => 'refused')"
        );
        assert_eq!(tab.script::<String>(&read).await?, "refused");

        assert_eq!(cookies(&tab).await?, before, "nothing was rotated or cleared");
        tab.goto("/").await?;
        let (name, _) = before.first_key_value().expect("a cookie");
        let session = name.rsplit('.').next().expect("a session id");
        assert_eq!(post(&tab, REFRESH, session, json!({})).await?, 200);
        Ok(())
    })
}
