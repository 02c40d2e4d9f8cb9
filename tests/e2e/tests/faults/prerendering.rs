//! A page that the browser prepares in case somebody opens it.

use std::time::Duration;

use anyhow::Result;
use e2e::{Need, POSTS, REFRESH, Scenario};

/// Tells the other tabs when the app has started in a page that nobody has opened.
const TELL: &str = "
    if (document.prerendering) new MutationObserver(() => {
        if (document.title.includes('·')) localStorage.prepared = document.title;
    }).observe(document, {childList: true, subtree: true, characterData: true});
";

const PREPARE_POSTS: &str = "
    const rules = document.createElement('script');
    rules.type = 'speculationrules';
    rules.textContent = JSON.stringify({prerender: [{source: 'list', urls: ['/posts'], eagerness: 'immediate'}]});
    document.head.append(rules)";

#[test]
fn f19_a_prerendered_page_asks_the_api_for_nothing_until_it_is_opened() -> Result<()> {
    Scenario::new().needs(Need::Prerendering).in_full_browser().access_ttl(20).first_script(TELL).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        // The app's own policy lets nobody add such rules.
        ctx.servers.turn_policy_off().await?;
        tab.open("/", "Welcome back").await?;
        let asked = ctx.servers.request_log().await?.of(POSTS).len();
        tab.script::<()>(PREPARE_POSTS).await?;
        tab.becomes_true(
            "the page is prepared",
            Duration::from_secs(30),
            "return localStorage.prepared === 'Posts · yew-auth'",
        )
        .await?;
        // The open page goes on refreshing.
        ctx.servers.wait_for_requests(REFRESH, 2, Duration::from_secs(60)).await?;
        let log = ctx.servers.request_log().await?;
        assert_eq!(log.of(POSTS).len(), asked, "the prepared page has not polled");
        assert!(log.of(REFRESH).gaps().iter().all(|gap| *gap > Duration::from_secs(5)), "nor refreshed: {log:?}");
        tab.script::<()>("location.href = '/posts'").await?;
        tab.has_posts(100).await?;
        let activated = "return performance.getEntriesByType('navigation')[0].activationStart > 0";
        assert!(tab.script::<bool>(activated).await?, "it is the page that was prepared");
        Ok(())
    })
}
