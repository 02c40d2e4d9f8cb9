//! The notice that the app has crashed (`static/boot.js`).

use std::time::Duration;

use anyhow::Result;
use e2e::Scenario;

#[test]
fn an_extensions_error_is_no_word_that_the_page_has_stopped() -> Result<()> {
    const ERROR: &str = "
        const error = new Error('of an extension');
        dispatchEvent(new ErrorEvent('error', { error, filename: 'chrome-extension://x/content.js' }));
        return document.getElementById('fault').textContent";
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        assert_eq!(tab.script::<String>(ERROR).await?, "");
        Ok(())
    })
}

#[test]
fn a_trap_of_the_app_is_told_and_a_reload_helps() -> Result<()> {
    const TRAP: &str =
        "dispatchEvent(new ErrorEvent('error', { error: new window.WebAssembly.RuntimeError('unreachable') }))";
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        tab.script::<()>(TRAP).await?;
        tab.shows("this page has stopped working").await?;
        tab.activate("Reload").await?;
        tab.hides_within("this page has stopped working", Duration::from_secs(10)).await?;
        tab.has_heading("Sign in once, keep reading").await
    })
}
