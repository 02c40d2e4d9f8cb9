//! X1, X2: what people write, and what the list of providers contains, is text and never a script.

use anyhow::Result;
use e2e::{Fault, POSTS, PROVIDERS, Scenario, Tab};
use serde_json::json;

/// One attack a line.
const CORPUS: &str = include_str!("../../corpus/xss.txt");

/// Records the calls that a successful attack would make.
const TRAP: &str = "
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
        window[name] = () => { sessionStorage.pwned = name };
";

/// Elements and attributes that the app's markup never has.
const FOREIGN: &str = "
    const elements = [...document.body.querySelectorAll('*')];
    const isForeign = element =>
        ['IFRAME', 'OBJECT', 'EMBED', 'IMG', 'SVG', 'MATH', 'BASE', 'FORM', 'STYLE', 'LINK', 'META', 'VIDEO', 'MARQUEE']
            .includes(element.tagName.toUpperCase())
        || (element.tagName === 'SCRIPT' && !element.src.startsWith(location.origin))
        || [...element.attributes].some(({name, value}) =>
            name.startsWith('on') || name === 'srcdoc' || name === 'style' || /^\\s*(javascript|data|vbscript):/i.test(value));
    return elements.filter(isForeign).map(element => element.outerHTML.slice(0, 200))
";

async fn ensure_harmless(tab: &Tab) -> Result<()> {
    assert_eq!(tab.script::<Vec<String>>(FOREIGN).await?, Vec::<String>::new());
    assert_eq!(tab.script::<Option<String>>("return sessionStorage.pwned ?? null").await?, None);
    Ok(())
}

#[test]
fn x1_attacks_in_posts_and_names_are_text_on_every_page() -> Result<()> {
    let attacks: Vec<&str> = CORPUS.lines().filter(|line| !line.is_empty()).collect();
    let posts: Vec<_> =
        (1..).zip(&attacks).map(|(id, text)| json!({"id": id, "userId": 1, "title": text, "body": text})).collect();
    Scenario::new().first_script(TRAP).run(async |ctx| {
        ctx.servers.rename_user("demo", attacks[0], attacks[1])?;
        ctx.servers.set_faults(&[Fault::on(POSTS).json(posts.into())]).await?;
        let tab = ctx.tab("/").await?;
        // The app itself must be safe. The policy is only the second line of defence.
        ctx.servers.turn_policy_off().await?;
        tab.goto("/sign-in?next=%2Fposts").await?;
        tab.submit_demo_password().await?;
        tab.has_posts(attacks.len()).await?;
        let before = ctx.servers.request_log().await?.len();
        for selector in ["article h2", "article .post-body"] {
            let script = format!("return [...document.querySelectorAll('{selector}')].map(text => text.textContent)");
            assert_eq!(tab.script::<Vec<String>>(&script).await?, attacks);
        }
        ensure_harmless(&tab).await?;
        tab.follow("yew-auth").await?;
        tab.has_heading("Welcome back").await?;
        tab.shows(&format!("{} {}", attacks[0], attacks[1])).await?;
        ensure_harmless(&tab).await?;
        let log = ctx.servers.request_log().await?.after(before);
        assert_eq!(log.len(), log.of(POSTS).len(), "no attack has made a request: {log:?}");
        Ok(())
    })
}

#[test]
fn x2_a_provider_whose_address_is_a_script_is_not_gone_to() -> Result<()> {
    const SCRIPTS: [&str; 4] =
        ["javascript:alert(1)", "\u{1}javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "blob:x"];
    Scenario::new().first_script(TRAP).run(async |ctx| {
        let providers: Vec<_> = (0..)
            .zip(SCRIPTS)
            .map(|(id, url)| json!({"id": format!("p{id}"), "name": format!("P{id}"), "client_id": "c", "authorize_url": url}))
            .collect();
        ctx.servers.set_faults(&[Fault::on(PROVIDERS).json(providers.into())]).await?;
        let tab = ctx.tab("/").await?;
        ctx.servers.turn_policy_off().await?;
        for id in 0..SCRIPTS.len() {
            tab.goto("/sign-in").await?;
            tab.press(&format!("Continue with P{id}")).await?;
            tab.shows("The provider could not be opened").await?;
            assert_eq!(tab.path().await?, "/sign-in");
            assert_eq!(tab.script::<Option<String>>("return sessionStorage.pwned ?? null").await?, None);
        }
        Ok(())
    })
}
