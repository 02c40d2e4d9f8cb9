//! Links and addresses: which the app follows itself, and which it leaves to the browser.

use anyhow::Result;
use e2e::{Scenario, Tab};

/// Marks the document, so that a test can tell whether another one was loaded.
const MARK: &str = "window.isFirstDocument = true";
const IS_FIRST_DOCUMENT: &str = "return window.isFirstDocument === true";

/// Clicks the link to the posts with an event of this kind. Returns whether the click was left to the browser, which is
/// then kept from following it.
async fn click_is_left_to_the_browser(tab: &Tab, event: &str) -> Result<bool> {
    tab.script(&format!(
        "let isLeft;
         addEventListener('click', (event) => {{ isLeft = !event.defaultPrevented; event.preventDefault(); }}, {{ once: true }});
         document.querySelector('.nav a').dispatchEvent(
           new MouseEvent('click', {{ bubbles: true, cancelable: true, ...{event} }}));
         return isLeft"
    ))
    .await
}

#[test]
fn a_link_of_the_app_opens_its_page_without_loading_the_app_again() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        tab.script::<()>(MARK).await?;
        tab.follow("Posts").await?;
        tab.has_heading("Access denied").await?;
        assert!(tab.script::<bool>(IS_FIRST_DOCUMENT).await?);
        assert_eq!(tab.path().await?, "/posts");
        Ok(())
    })
}

#[test]
fn a_plain_link_to_the_same_origin_is_the_browsers() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        tab.script::<()>(MARK).await?;
        let add = "const link = document.createElement('a');
            link.href = '/sign-in';
            link.textContent = 'Plain';
            document.querySelector('main').append(link)";
        tab.script::<()>(add).await?;
        tab.follow("Plain").await?;
        tab.has_heading("Sign in").await?;
        assert!(!tab.script::<bool>(IS_FIRST_DOCUMENT).await?);
        Ok(())
    })
}

#[test]
fn a_click_for_another_tab_or_that_was_prevented_is_not_followed_by_the_app() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        for event in
            ["{ ctrlKey: true }", "{ metaKey: true }", "{ shiftKey: true }", "{ altKey: true }", "{ button: 1 }"]
        {
            assert!(click_is_left_to_the_browser(&tab, event).await?, "{event}");
        }
        let prevent = "addEventListener('click', (event) => event.preventDefault(), { once: true, capture: true });
            document.querySelector('.nav a').click()";
        tab.script::<()>(prevent).await?;
        assert_eq!(tab.path().await?, "/");
        // The next ordinary click is the app's.
        assert!(!click_is_left_to_the_browser(&tab, "{}").await?);
        tab.has_heading("Access denied").await
    })
}

#[test]
fn c4_an_address_with_a_trailing_slash_leads_to_the_same_page() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        for (path, heading) in [
            ("/sign-in/", "Sign in"),
            ("/posts/", "Access denied"),
            ("/auth/callback/dev/?code=the-code&state=x", "This sign-in cannot be finished"),
        ] {
            tab.goto(path).await?;
            tab.has_heading(heading).await?;
        }
        assert!(!tab.url().await?.contains("the-code"), "{}", tab.url().await?);
        let tab = ctx.signed_in_tab().await?;
        tab.goto("/posts/").await?;
        tab.has_posts(100).await
    })
}
