//! What a browser asks for before it shows the posts, counted. How long that takes is measured by `cargo xtask bench peers`.

use anyhow::Result;
use e2e::{Engine, POSTS, Scenario};

/// Notes when the first post is in the document, and what the app showed before.
const WATCH: &str = "
    const seen = (window.seenAtStart = { texts: new Set() });
    new MutationObserver((_, observer) => {
        seen.texts.add(document.getElementById('main')?.textContent.trim());
        if (!document.querySelector('article.post')) return;
        seen.postsAt = performance.now();
        observer.disconnect();
    }).observe(document, { subtree: true, childList: true });
";

/// The paths of the app's requests after the document that began before the posts were there, in their order. Icons are
/// the browser's own requests.
const REQUESTS: &str = "
    const icons = new Set(Array.from(document.querySelectorAll('link[rel*=icon]'), ({ href }) => href));
    return performance.getEntriesByType('resource')
        .filter(({ name, startTime }) => startTime < seenAtStart.postsAt && !icons.has(name))
        .sort((one, other) => one.startTime - other.startTime)
        .map(({ name }) => new URL(name).pathname)
        .filter(path => !path.startsWith('/__e2e__/'))";

/// What in the page has asked for the module first.
const INITIATOR: &str = "
    const isModule = ({ name }) => /\\/app-[^/]*\\.wasm$/.test(name);
    return performance.getEntriesByType('resource').find(isModule).initiatorType";

/// The module, the script that binds it, and the posts.
const REQUEST_COUNT: usize = 3;

#[test]
fn the_module_and_its_script_are_the_first_requests_and_the_posts_the_third() -> Result<()> {
    Scenario::new().first_script(WATCH).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        let requests: Vec<String> = tab.script(REQUESTS).await?;
        if ctx.browser.engine() == Engine::Chromium {
            assert_eq!(tab.script::<String>(INITIATOR).await?, "link", "the module is preloaded");
        }
        // The test's own script holds the page's scripts up, so the browser may find the later one first.
        for extension in [".wasm", ".js"] {
            let is_first = |path: &String| path.starts_with("/app-") && path.ends_with(extension);
            assert!(requests[..2].iter().any(is_first), "{requests:?}");
        }
        assert_eq!(requests[2], POSTS, "{requests:?}");
        assert_eq!(requests.len(), REQUEST_COUNT, "{requests:?}");
        Ok(())
    })
}

#[test]
fn the_app_starts_without_the_script_in_the_head_and_says_so() -> Result<()> {
    // It fails at its first line, as if it had been blocked.
    const BLOCKED: &str = "
        let isBlocked = false, kept;
        Object.defineProperty(window, 'headStart', {
            get: () => kept,
            set(value) {
                if (!isBlocked) { isBlocked = true; throw new Error('blocked'); }
                kept = value;
            },
        });";
    Scenario::new().first_script(BLOCKED).run(async |ctx| {
        ctx.browser.console.expect_uncaught("Error: blocked");
        let tab = ctx.signed_in_tab().await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        tab.open("/session", "Your session").await?;
        tab.shows("The app was compiled late: the script in the head did not run.").await
    })
}

#[test]
fn a_browser_that_cannot_compile_while_it_loads_starts_the_app_and_says_so() -> Result<()> {
    const OLDER: &str = "delete WebAssembly.compileStreaming; delete WebAssembly.instantiateStreaming;";
    Scenario::new().first_script(OLDER).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        tab.open("/session", "Your session").await?;
        tab.shows("The app was compiled late").await
    })
}
