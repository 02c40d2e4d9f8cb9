//! A page that the browser prepares in case somebody opens it.

use yew_auth::SessionState;

use crate::backend::{Backend, POSTS, REFRESH};
use crate::page::Page;
use crate::poll::PollApp;
use crate::transport::over_each_transport;

over_each_transport! {
    f19_a_prepared_page_asks_for_nothing_and_has_its_session_when_it_is_opened,
    f19_a_prepared_page_of_a_stranger_asks_for_nothing_until_it_is_opened,
}

async fn f19_a_prepared_page_asks_for_nothing_and_has_its_session_when_it_is_opened(page: Page) {
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.advance_secs(6).await;
    app.app.close(&page).await;
    let (asked, record) = (backend.total(), page.record());
    page.set_prerendering(true).await;
    let app = PollApp::mount(&page).await;
    // Longer than the token lives: a page that is open would refresh it.
    page.advance_secs(400).await;
    assert_eq!(*app.auth.last().state(), SessionState::Loading);
    assert_eq!((backend.total(), page.record()), (asked, record));
    let polls = backend.count(POSTS);
    page.set_prerendering(false).await;
    page.advance_until("the posts are read", || backend.count(POSTS) > polls).await;
    assert!(app.auth.last().session().is_some());
    assert_eq!(backend.count(REFRESH), 1);
}

async fn f19_a_prepared_page_of_a_stranger_asks_for_nothing_until_it_is_opened(page: Page) {
    let backend = Backend::start();
    page.set_prerendering(true).await;
    let app = PollApp::mount(&page).await;
    page.advance_secs(60).await;
    assert_eq!(backend.total(), 0);
    page.set_prerendering(false).await;
    page.advance_until("it is known that nobody is signed in", || {
        matches!(app.auth.last().state(), SessionState::Unauthenticated(_))
    })
    .await;
}
