//! What a page of another site can do with the browser of somebody who is signed in: nothing.

use anyhow::Result;
use e2e::{Bystander, LOGOUT, POSTS, REFRESH, Scenario};
use serde_json::{Value, json};

#[test]
fn b5_b6_b7_another_sites_page_can_neither_end_nor_renew_nor_read_a_session_kept_in_cookies() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(LOGOUT, "403");
        stage.browser.console.expect(REFRESH, "403");
        let evil = Bystander::start()?;
        let tab = stage.signed_in_tab().await?;
        let before = cookies(&tab).await?;
        for cookie in &before {
            assert_eq!((&cookie["httpOnly"], &cookie["sameSite"]), (&json!(true), &json!("Strict")), "{cookie}");
        }
        assert_eq!(before.len(), 2, "{before:?}");
        assert_eq!(tab.script::<String>("return document.cookie").await?, "");

        tab.visit(evil.origin()).await?;
        let origin = json!(stage.stack.origin());
        for path in [REFRESH, LOGOUT] {
            for mode in ["no-cors", "cors"] {
                let post = format!(
                    "return fetch({origin} + '{path}', {{method: 'POST', mode: '{mode}', credentials: 'include', body: '{{}}'}})
                        .then(() => null, () => null)"
                );
                tab.script::<()>(&post).await?;
            }
            let answered = stage.stack.log().await?.of(path);
            assert!(!answered.is_empty() && answered.with_status(403) == answered, "{answered:?}");
        }
        let read = format!(
            "return fetch({origin} + '{POSTS}', {{credentials: 'include'}}).then(answer => answer.text(), () => 'refused')"
        );
        assert_eq!(tab.script::<String>(&read).await?, "refused");
        assert_eq!(cookies(&tab).await?, before, "nothing was rotated or cleared");
        tab.goto("/posts").await?;
        tab.has_posts(100).await
    })
}

async fn cookies(tab: &e2e::Tab) -> Result<Vec<Value>> {
    let all = tab.cdp("Storage.getCookies", json!({})).await?;
    Ok(serde_json::from_value(all["cookies"].clone())?)
}
