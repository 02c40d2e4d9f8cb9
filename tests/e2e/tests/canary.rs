//! T1: passwords, tokens, codes and verifiers are looked for wherever a page can leak them.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{LOGIN, LOGOUT, REFRESH, Scenario, Stage, Tab};
use serde_json::{Value, json};

/// Hears what the page says, and what is said to it. It keeps all of it in variables, which are no place that is searched.
const OVERHEAR: &str = "
    window.said = [];
    window.traded = [];
    for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
        const print = console[level].bind(console);
        console[level] = (...words) => { said.push(words.map(String).join(' ')); print(...words); };
    }
    addEventListener('error', ({message}) => said.push(message));
    addEventListener('unhandledrejection', ({reason}) => said.push(String(reason)));
    addEventListener('message', ({data}) => said.push(JSON.stringify(data)));
    new BroadcastChannel('yew-auth').onmessage = ({data}) => said.push(JSON.stringify(data));
    const send = window.fetch;
    window.fetch = async (...request) => {
        const asked = request[0] instanceof Request && request[0].method === 'POST' ? await request[0].clone().text() : '';
        const answer = await send(...request);
        traded.push(asked);
        if (answer.url.includes('/api/auth/') || answer.url.includes('/api/social/login/'))
            traded.push(await answer.clone().text());
        return answer;
    };
    const start = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...module) => {
        const started = await start(...module);
        window.memory ??= started.instance.exports.memory;
        return started;
    };
";

/// All that scripts, extensions, screenshots, error reports and other tabs get to see; the session's own record apart.
const SURFACE: &str = "
    const kept = storage => JSON.stringify(Object.entries(storage).filter(([key]) => key !== 'yew-auth.session'));
    const databases = (await indexedDB.databases()).map(({name}) => name);
    const workers = await navigator.serviceWorker.getRegistrations();
    return {
        address: location.href + document.referrer + document.cookie + window.name + JSON.stringify(history.state),
        page: document.title + document.documentElement.outerHTML,
        fields: [...document.querySelectorAll('input')].map(input => input.value).join(' '),
        storage: kept(localStorage) + kept(sessionStorage),
        kept: JSON.stringify([databases, await caches.keys(), workers.length]),
        requests: performance.getEntriesByType('resource').map(({name}) => name).join(' '),
        said: said.join(' '),
    }
";

/// Which of the texts stand in the app's own memory, which is no secret from a script that came before it.
const MEMORY: &str = "
    const text = new TextDecoder('latin1').decode(window.memory.buffer);
    return TEXTS.filter(part => text.includes(part))
";

const REGISTRATION: &str = "/api/auth/registration/";

const PERSON: &str = "canary";

const PASSWORD: &str = "correct horse battery staple";

/// The words of a password. So many: of what is freed a part is overwritten, whether somebody cares or not.
fn words_of_a_long_password() -> Vec<String> {
    (100..160).map(|number| format!("staple{number}")).collect()
}

/// The secrets that were traded so far, and by what name.
#[derive(Default)]
struct Secrets(BTreeMap<String, Vec<String>>);

impl Secrets {
    async fn learn(&mut self, tab: &Tab) -> Result<()> {
        for text in tab.script::<Vec<String>>("return window.traded.splice(0)").await? {
            if let Ok(Value::Object(members)) = serde_json::from_str(&text) {
                for (name, value) in members {
                    if let Some(secret) = value.as_str().filter(|value| !value.is_empty() && is_secret(&name)) {
                        self.0.entry(name).or_default().push(secret.to_owned());
                    }
                }
            }
        }
        Ok(())
    }

    /// No secret is where it should not be.
    async fn ensure_kept(&self, stage: &Stage, tab: &Tab) -> Result<()> {
        let surface: BTreeMap<String, String> = tab.script(&awaiting(SURFACE)).await?;
        let history = tab.cdp("Page.getNavigationHistory", json!({})).await?["entries"].to_string();
        let referers = stage.stack.log().await?.referers().join(" ");
        let elsewhere = [("history".to_owned(), history), ("referers".to_owned(), referers)];
        for (place, text) in surface.into_iter().chain(elsewhere) {
            for (name, secrets) in &self.0 {
                // Of a token, the part with its claims.
                let parts = secrets.iter().map(|secret| secret.split('.').nth(1).unwrap_or(secret));
                assert!(!parts.into_iter().any(|part| text.contains(part)), "a {name} is in {place}");
            }
        }
        Ok(())
    }
}

/// Passwords that were refused, for nothing that comes after them overwrites what they may have left in memory.
async fn ensure_wiped(stage: &Stage, tab: &Tab) -> Result<()> {
    let words = words_of_a_long_password();
    let password = words.join(" ");
    stage.browser.console.expect(LOGIN, "400");
    tab.goto("/sign-in").await?;
    tab.submit_password(PERSON, &password).await?;
    tab.shows("Check the name and the password").await?;
    ensure_not_in_memory(tab, &words, "Unable to log in").await?;

    stage.browser.console.expect(REGISTRATION, "400");
    tab.goto("/register").await?;
    tab.fill("Username", PERSON).await?;
    tab.fill("Email", "canary@example.test").await?;
    tab.fill("Password", &password).await?;
    tab.press("Create account").await?;
    tab.shows("A user with that username already exists.").await?;
    ensure_not_in_memory(tab, &words, "that username already exists").await
}

/// `answer` is, so it is the right memory.
async fn ensure_not_in_memory(tab: &Tab, words: &[String], answer: &str) -> Result<()> {
    let in_memory = async |texts: &[String]| {
        tab.script::<Vec<String>>(&awaiting(&MEMORY.replace("TEXTS", &json!(texts).to_string()))).await
    };
    let answer = [answer.to_owned()];
    assert_eq!(in_memory(&answer).await?, answer, "the app's memory is what is looked at");
    assert_eq!(in_memory(words).await?, Vec::<String>::new(), "of the password");
    Ok(())
}

fn is_secret(name: &str) -> bool {
    ["password", "access", "refresh", "code", "code_verifier"].contains(&name)
}

fn awaiting(script: &str) -> String {
    format!("return (async () => {{ {script} }})()")
}

#[test]
fn t1_no_secret_of_a_sign_in_refresh_provider_sign_in_or_sign_out_is_where_a_page_can_leak_it() -> Result<()> {
    Scenario::new().with_provider().access_ttl(20).first_script(OVERHEAR).run(async |stage| {
        stage.browser.console.expect("/favicon.ico", "404");
        let mut secrets = Secrets::default();
        stage.stack.api.register(PERSON, PASSWORD).await?;
        let tab = stage.tab("/sign-in").await?;
        ensure_wiped(stage, &tab).await?;
        tab.goto("/sign-in?next=%2Fposts").await?;
        tab.submit_password(PERSON, PASSWORD).await?;
        tab.has_posts(100).await?;
        let other = stage.tab("/posts").await?;
        other.has_posts(100).await?;
        secrets.learn(&tab).await?;
        secrets.ensure_kept(stage, &tab).await?;
        stage.stack.requests(REFRESH, 1, Duration::from_secs(40)).await?;
        stage.stack.answers(REFRESH, 200, Duration::from_secs(10)).await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        stage.stack.answers(LOGOUT, 200, Duration::from_secs(10)).await?;
        for tab in [&tab, &other] {
            secrets.learn(tab).await?;
            secrets.ensure_kept(stage, tab).await?;
        }

        tab.goto("/sign-in?next=%2Fposts").await?;
        tab.press("Continue with Dev OIDC").await?;
        tab.is_headed("Sign In").await?;
        tab.fill("Username or email", "alice").await?;
        tab.fill("Password", "password").await?;
        tab.press("Sign In").await?;
        tab.is_headed("Authorize Posts app").await?;
        tab.press("Authorize").await?;
        tab.has_posts(100).await?;
        secrets.learn(&tab).await?;
        secrets.ensure_kept(stage, &tab).await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        secrets.learn(&tab).await?;
        secrets.ensure_kept(stage, &tab).await?;
        secrets.ensure_kept(stage, &other).await?;

        for name in ["password", "code", "code_verifier"] {
            secrets.0.get(name).with_context(|| format!("no {name} was seen"))?;
        }
        Ok(())
    })
}
