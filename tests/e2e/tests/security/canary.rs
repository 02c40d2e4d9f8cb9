//! T1: passwords, tokens, codes and verifiers appear nowhere where a page can leak them.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{LOGIN, LOGOUT, REFRESH, REGISTRATION, Scenario, Tab, TestContext};
use serde_json::{Value, json};

/// Records what the page prints, sends and receives, in variables that the test does not search.
const RECORD: &str = "
    window.printed = [];
    window.bodies = [];
    for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
        const print = console[level].bind(console);
        console[level] = (...words) => { printed.push(words.map(String).join(' ')); print(...words); };
    }
    addEventListener('error', ({message}) => printed.push(message));
    addEventListener('unhandledrejection', ({reason}) => printed.push(String(reason)));
    addEventListener('message', ({data}) => printed.push(JSON.stringify(data)));
    new BroadcastChannel('yew-auth').onmessage = ({data}) => printed.push(JSON.stringify(data));
    const send = window.fetch;
    window.fetch = async (...request) => {
        const body = request[0] instanceof Request && request[0].method === 'POST' ? await request[0].clone().text() : '';
        const response = await send(...request);
        bodies.push(body);
        if (response.url.includes('/api/auth/') || response.url.includes('/api/social/login/'))
            bodies.push(await response.clone().text());
        return response;
    };
    const start = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...module) => {
        const started = await start(...module);
        window.memory ??= (started.instance ?? started).exports.memory;
        return started;
    };
";

/// Everything that scripts, extensions, screenshots, error reports and other tabs can read, except the session's record.
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
        printed: printed.join(' '),
    }
";

/// Which of the texts are in the WebAssembly memory of the app, which a script that runs first can read.
const MEMORY: &str = "
    const text = new TextDecoder('latin1').decode(window.memory.buffer);
    return TEXTS.filter(part => text.includes(part))
";

const PERSON: &str = "canary";

const PASSWORD: &str = "correct horse battery staple";

/// The words of a long password: the allocator overwrites only a part of what is freed.
fn long_password_words() -> Vec<String> {
    (100..160).map(|number| format!("staple{number}")).collect()
}

/// The secrets that were sent and received so far, by name.
#[derive(Default)]
struct Secrets(BTreeMap<String, Vec<String>>);

impl Secrets {
    async fn record(&mut self, tab: &Tab) -> Result<()> {
        for text in tab.script::<Vec<String>>("return window.bodies.splice(0)").await? {
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

    /// Fails if a secret is where a page can leak it.
    async fn ensure_not_leaked(&self, ctx: &TestContext, tab: &Tab) -> Result<()> {
        let surface: BTreeMap<String, String> = tab.script(&awaiting(SURFACE)).await?;
        let history = tab.history().await?;
        let referers = ctx.servers.request_log().await?.referers().join(" ");
        let elsewhere = [("history".to_owned(), history), ("referers".to_owned(), referers)];
        for (place, text) in surface.into_iter().chain(elsewhere) {
            for (name, secrets) in &self.0 {
                // Of a token, the part with the claims.
                let parts = secrets.iter().map(|secret| secret.split('.').nth(1).unwrap_or(secret));
                assert!(!parts.into_iter().any(|part| text.contains(part)), "a {name} is in {place}");
            }
        }
        Ok(())
    }
}

/// Passwords are wiped from memory, even refused ones, after which nothing else overwrites the memory.
async fn ensure_wiped(ctx: &TestContext, tab: &Tab) -> Result<()> {
    let words = long_password_words();
    let password = words.join(" ");
    ctx.browser.console.expect(LOGIN, "400");
    tab.goto("/sign-in").await?;
    tab.submit_password(PERSON, &password).await?;
    tab.shows("Check the name and the password").await?;
    ensure_not_in_memory(tab, &words, "Unable to log in").await?;

    ctx.browser.console.expect(REGISTRATION, "400");
    tab.goto("/register").await?;
    tab.fill("Username", PERSON).await?;
    tab.fill("Email", "canary@example.test").await?;
    tab.fill("Password", &password).await?;
    tab.press("Create account").await?;
    tab.shows("A user with that username already exists.").await?;
    ensure_not_in_memory(tab, &words, "that username already exists").await
}

/// Fails if one of `words` is in the app's memory. The text `response` is there, which shows that the memory is the right
/// one.
async fn ensure_not_in_memory(tab: &Tab, words: &[String], response: &str) -> Result<()> {
    let in_memory = async |texts: &[String]| {
        tab.script::<Vec<String>>(&awaiting(&MEMORY.replace("TEXTS", &json!(texts).to_string()))).await
    };
    let response = [response.to_owned()];
    assert_eq!(in_memory(&response).await?, response, "this is the memory of the app");
    assert_eq!(in_memory(words).await?, Vec::<String>::new(), "words of the password");
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
    Scenario::new().with_provider().access_ttl(20).first_script(RECORD).run(async |ctx| {
        let mut secrets = Secrets::default();
        ctx.servers.api.register(PERSON, PASSWORD).await?;
        let tab = ctx.tab("/sign-in").await?;
        ensure_wiped(ctx, &tab).await?;
        tab.goto("/sign-in?next=%2Fposts").await?;
        tab.submit_password(PERSON, PASSWORD).await?;
        tab.has_posts(100).await?;
        let other = ctx.tab("/posts").await?;
        other.has_posts(100).await?;
        secrets.record(&tab).await?;
        secrets.ensure_not_leaked(ctx, &tab).await?;
        ctx.servers.wait_for_requests(REFRESH, 1, Duration::from_secs(40)).await?;
        ctx.servers.wait_for_response(REFRESH, 200, Duration::from_secs(10)).await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        ctx.servers.wait_for_response(LOGOUT, 200, Duration::from_secs(10)).await?;
        for tab in [&tab, &other] {
            secrets.record(tab).await?;
            secrets.ensure_not_leaked(ctx, tab).await?;
        }

        tab.goto("/sign-in?next=%2Fposts").await?;
        tab.go_to_consent().await?;
        tab.authorize().await?;
        tab.has_posts(100).await?;
        secrets.record(&tab).await?;
        secrets.ensure_not_leaked(ctx, &tab).await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        secrets.record(&tab).await?;
        secrets.ensure_not_leaked(ctx, &tab).await?;
        secrets.ensure_not_leaked(ctx, &other).await?;

        for name in ["password", "code", "code_verifier"] {
            secrets.0.get(name).with_context(|| format!("no {name} was recorded"))?;
        }
        Ok(())
    })
}
