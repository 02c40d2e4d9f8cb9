//! A page that the browser translates.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, Scenario, Tab};
use serde_json::{Value, json};

/// Does what Google's translator does: takes each text out of the page, puts two nested `<font>` in its place, and goes on with
/// each text that comes later. The translation is the text in guillemets.
const TRANSLATE: &str = "
    const SKIPPED = 'script, style, title, noscript, [translate=no]';
    const translate = (text) => {
        if (!text.data.trim() || text.parentElement?.closest(SKIPPED + ', font')) return;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = text.data.replace(/\\S(.*\\S)?/s, '«$&»');
        outer.append(inner);
        text.replaceWith(outer);
    };
    const translateAll = (root) => {
        if (root.nodeType === Node.TEXT_NODE) return translate(root);
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        texts.forEach(translate);
    };
    translateAll(document.body);
    new MutationObserver((records) => {
        for (const { target, addedNodes, type } of records) {
            if (type === 'characterData' && target.isConnected) translateAll(target);
            for (const node of addedNodes) if (node.isConnected) translateAll(node);
        }
    }).observe(document.body, {childList: true, characterData: true, subtree: true});
";

async fn press(tab: &Tab, name: &str) -> Result<()> {
    tab.press(&format!("«{name}»")).await
}

/// All that the page says, without the guillemets.
async fn original_text(tab: &Tab) -> Result<String> {
    Ok(tab.text().await?.replace(['«', '»'], ""))
}

fn posts(titles: &[&str]) -> Value {
    let post =
        |(index, title): (usize, &&str)| json!({"id": index + 1, "userId": 1, "title": title, "body": "Its text."});
    titles.iter().enumerate().map(post).collect()
}

#[test]
fn a_translated_page_goes_on_being_updated_and_its_person_signs_out() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.serve(posts(&["First", "Second", "Third"])).await?;
        let tab = ctx.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_demo_password().await?;
        tab.has_posts(3).await?;
        tab.has_post_search().await?;
        tab.script::<()>(TRANSLATE).await?;
        tab.shows("«First»").await?;

        // A poll changes a title, takes a post away and brings one.
        ctx.serve(posts(&["Changed", "Second"])).await?;
        press(&tab, "Refresh").await?;
        tab.shows("«Changed»").await?;
        tab.hides_within("First", Duration::from_secs(1)).await?;
        tab.hides_within("Third", Duration::from_secs(1)).await?;
        assert_eq!(tab.post_count().await?, 2);
        ctx.serve(posts(&["Changed", "Second", "Newer", "Newest"])).await?;
        press(&tab, "Refresh").await?;
        press(&tab, "Show 1 new post").await?;
        tab.has_posts(4).await?;
        tab.hides_within("new post", Duration::from_secs(1)).await?;

        // Searching makes texts come and go between others.
        tab.fill("«Find»", "no such post").await?;
        tab.shows("«No post matches.»").await?;
        press(&tab, "Clear the search").await?;
        tab.hides_within("No post matches.", Duration::from_secs(1)).await?;
        tab.has_posts(4).await?;

        tab.follow("yew-auth").await?;
        tab.has_heading("«Welcome back»").await?;
        tab.hides_within("Changed", Duration::from_secs(1)).await?;
        press(&tab, "Sign out").await?;
        tab.shows("«You are signed out.»").await?;
        tab.has_heading("«Sign in once, keep reading»").await?;
        let untranslated = ctx.tab("/").await?;
        untranslated.shows("You are signed out.").await?;
        assert_eq!(original_text(&tab).await?, untranslated.text().await?, "nothing is left over, nothing is missing");
        Ok(())
    })
}

#[test]
fn a_translated_page_tells_how_old_the_posts_are() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "503");
        let tab = ctx.signed_in_tab().await?;
        tab.script::<()>(TRANSLATE).await?;
        let age = "document.querySelector('time').innerText";
        tab.becomes_true("the age is translated", Duration::from_secs(5), &format!("return {age} === '«just now»'"))
            .await?;
        ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
        let older = format!("return {age} === '«15 seconds ago»'");
        tab.becomes_true("the posts are older", Duration::from_secs(40), &older).await?;
        tab.shows("«The server cannot answer at the moment (status 503).»").await?;
        ctx.servers.clear_faults().await?;
        press(&tab, "Try again").await?;
        tab.hides_within("The server cannot answer", Duration::from_secs(10)).await
    })
}

#[test]
fn a_translated_page_comes_back_as_it_was_once_its_person_has_signed_in_again() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.script::<()>(TRANSLATE).await?;
        ctx.end_session(&tab).await?;
        tab.fill("«Password»", "demo-password").await?;
        press(&tab, "Sign in").await?;
        tab.has_no_dialog().await?;
        tab.has_posts(100).await?;
        tab.hides_within("Sign in to go on", Duration::from_secs(1)).await?;
        tab.has_heading("«Posts»").await
    })
}
