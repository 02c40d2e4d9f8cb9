//! X3: answers that are made to hurt.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, Scenario, Tab, eventually};

/// Notes in the page when it asked for the posts and when it said that they did not come, and can answer for the
/// server with what no test could hand to it: fifty megabytes.
const STOPWATCH: &str = "
    const send = window.fetch;
    window.fetch = (...request) => {
        const isPoll = (request[0].url ?? request[0]).includes('/api/posts/');
        if (isPoll) window.askedAt ??= performance.now();
        return isPoll && window.hostile ? Promise.resolve(new Response(window.hostile)) : send(...request);
    };
    addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
        if (document.querySelector('#notices .notice')) window.toldAt ??= performance.now();
    }).observe(document.getElementById('notices'), {childList: true, subtree: true}));
";

/// The page says that something is wrong within two seconds of asking, keeps its posts, and still answers.
async fn is_an_error_at_once(tab: &Tab, told: &str) -> Result<()> {
    tab.script::<()>("delete window.askedAt; delete window.toldAt").await?;
    tab.wake().await?;
    tab.shows(told).await?;
    let took: f64 = eventually("it was timed", Duration::from_secs(5), async || {
        tab.script("return window.toldAt - window.askedAt || null").await
    })
    .await?;
    assert!(took < 2000.0, "told after {took} ms");
    assert_eq!(tab.posts().await?, 100);
    tab.follow("yew-auth").await?;
    tab.is_headed("Welcome back").await?;
    tab.follow("Posts").await?;
    tab.is_headed("Posts").await
}

#[test]
fn x3_hostile_json_is_an_error_within_two_seconds_and_the_page_lives() -> Result<()> {
    const POST: &str = r#"[{"id":1,"userId":1,"title":"a","body":"b"}]"#;
    let hostile = [
        POST.replace("{", r#"{"id":2,"#),
        POST.replace(r#""a""#, r#""\ud800""#),
        POST.replace(r#""id":1"#, r#""id":1e308"#),
        POST.replace(r#""id":1"#, r#""id":-1"#),
        POST.replace(r#""a""#, &format!("{}{}", "[".repeat(200), "]".repeat(200))),
        POST.replace(r#""id":1"#, &format!(r#""id":1,"extra":{}{}"#, "[".repeat(100_000), "]".repeat(100_000))),
        format!("{}{}", "[".repeat(200), "]".repeat(200)),
        POST[..20].to_owned(),
    ];
    Scenario::new().first_script(STOPWATCH).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        for body in &hostile {
            eprintln!("{:.200}", body);
            stage.stack.faults(&[Fault::on(POSTS).html(body)]).await?;
            is_an_error_at_once(&tab, "The server sent something the app cannot read.").await?;
            stage.stack.heal().await?;
            tab.press("Try again").await?;
            tab.hides_within("not an answer", Duration::from_secs(5)).await?;
        }
        Ok(())
    })
}

#[test]
fn x3_an_answer_of_fifty_megabytes_is_an_error_within_two_seconds_and_the_page_lives() -> Result<()> {
    Scenario::new().first_script(STOPWATCH).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.script::<()>("window.hostile = new Blob(Array(50).fill('['.repeat(2 ** 20)))").await?;
        is_an_error_at_once(&tab, "The server sent more than the app can take.").await
    })
}
