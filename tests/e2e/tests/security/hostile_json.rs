//! X3: responses that are crafted to do harm.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, Scenario, Tab, eventually};

/// Records when the page requests the posts and when it shows an error. Can also respond in the server's place with fifty
/// megabytes, which is too much to send through the fault rules.
const STOPWATCH: &str = "
    const send = window.fetch;
    window.fetch = (...request) => {
        const isPoll = (request[0].url ?? request[0]).includes('/api/posts/');
        if (isPoll) window.requestedAt ??= performance.now();
        return isPoll && window.hostile ? Promise.resolve(new Response(window.hostile)) : send(...request);
    };
    addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
        if (document.querySelector('#notices .notice')) window.shownAt ??= performance.now();
    }).observe(document.getElementById('notices'), {childList: true, subtree: true}));
";

/// The page shows `message` within two seconds of the request, keeps its posts, and still responds.
async fn fails_at_once(tab: &Tab, message: &str) -> Result<()> {
    tab.script::<()>("delete window.requestedAt; delete window.shownAt").await?;
    tab.wake().await?;
    tab.shows(message).await?;
    let took: f64 = eventually("both times are recorded", Duration::from_secs(5), async || {
        tab.script("return window.shownAt - window.requestedAt || null").await
    })
    .await?;
    assert!(took < 2000.0, "shown after {took} ms");
    assert_eq!(tab.post_count().await?, 100);
    tab.follow("yew-auth").await?;
    tab.has_heading("Welcome back").await?;
    tab.follow("Posts").await?;
    tab.has_heading("Posts").await
}

#[test]
fn x3_hostile_json_is_an_error_within_two_seconds_and_the_page_lives() -> Result<()> {
    const UNREADABLE: &str = "The server sent something the app cannot read.";
    const POST: &str = r#"[{"id":1,"userId":1,"title":"a","body":"b"}]"#;
    let hostile = [
        POST.replace("{", r#"{"id":2,"#),
        POST.replace(r#""a""#, r#""\ud800""#),
        POST.replace(r#""id":1"#, r#""id":1e308"#),
        POST.replace(r#""id":1"#, r#""id":-1"#),
        POST.replace(r#""a""#, &format!("{}{}", "[".repeat(200), "]".repeat(200))),
        format!("{}{}", "[".repeat(200), "]".repeat(200)),
        POST[..20].to_owned(),
    ];
    Scenario::new().first_script(STOPWATCH).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        for body in &hostile {
            eprintln!("{:.200}", body);
            ctx.servers.set_faults(&[Fault::on(POSTS).html(body)]).await?;
            fails_at_once(&tab, UNREADABLE).await?;
            ctx.servers.clear_faults().await?;
            tab.press("Try again").await?;
            tab.hides_within(UNREADABLE, Duration::from_secs(5)).await?;
        }
        // A field that the app does not know is skipped, however deep it is.
        let deep = format!(r#""id":1,"extra":{}{}"#, "[".repeat(100_000), "]".repeat(100_000));
        ctx.servers.set_faults(&[Fault::on(POSTS).html(&POST.replace(r#""id":1"#, &deep))]).await?;
        tab.wake().await?;
        tab.has_posts(1).await?;
        tab.follow("yew-auth").await?;
        tab.has_heading("Welcome back").await
    })
}

#[test]
fn x3_an_unknown_field_is_ignored_however_deep_it_is() -> Result<()> {
    let extra = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let posts = format!(r#"[{{"id":1,"userId":1,"title":"a title","body":"b","extra":{extra}}}]"#);
    Scenario::new().run(async |ctx| {
        ctx.servers.set_faults(&[Fault::on(POSTS).html(&posts)]).await?;
        let tab = ctx.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_demo_password().await?;
        tab.has_posts(1).await
    })
}

#[test]
fn x3_an_answer_of_fifty_megabytes_is_an_error_within_two_seconds_and_the_page_lives() -> Result<()> {
    Scenario::new().first_script(STOPWATCH).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.script::<()>("window.hostile = new Blob(Array(50).fill('['.repeat(2 ** 20)))").await?;
        fails_at_once(&tab, "The server sent more than the app can take.").await
    })
}
