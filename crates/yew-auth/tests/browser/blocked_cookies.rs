//! A browser that does not keep the cookies of a session.

use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{Connection, Login, RedirectError, RequestError, ReturnPath, SessionState, SignOutReason};

use crate::backend::{Backend, LOGIN, PASSWORD, POSTS, REFRESH};
use crate::page::Page;
use crate::poll::PollApp;
use crate::probe::{auth_app, sign_in};
use crate::sign_in_with_provider::provider;
use crate::transport::{Transport, over_each_transport};

const NOT_KEPT: SessionState = SessionState::Unauthenticated(SignOutReason::CookiesNotKept);

#[wasm_bindgen_test]
async fn c13_a_browser_that_keeps_no_cookies_is_named_and_not_the_server() {
    for transport in [Transport::Cookie, Transport::FixedCookie] {
        let page = Page::open_over(transport).await;
        let backend = Backend::start();
        backend.block_cookies();
        let app = PollApp::mount(&page).await;
        sign_in(&page, &app.auth).await;
        page.advance_secs(6).await;
        assert_eq!(*app.auth.last().state(), NOT_KEPT, "{transport:?}");
        assert_eq!(app.auth.last().connection(), Connection::Good);
        let asked = backend.total();
        page.advance_secs(120).await;
        assert_eq!(backend.total(), asked, "nothing is asked on and on");
    }
}

#[wasm_bindgen_test]
async fn c13_a_browser_whose_cookies_are_blocked_sends_no_password() {
    for transport in [Transport::Cookie, Transport::FixedCookie] {
        let page = Page::open_over(transport).await;
        let backend = Backend::start();
        page.disable_cookies();
        let (_app, seen) = auth_app(&page).await;
        let answer = seen.last().sign_in(Login::new("demo", PASSWORD)).await;
        assert_eq!((answer, backend.count(LOGIN)), (Err(RequestError::CookiesBlocked), 0));
    }
}

#[wasm_bindgen_test]
async fn c13_a_browser_whose_cookies_are_blocked_does_not_leave_for_a_provider() {
    let page = Page::open_over(Transport::Cookie).await;
    let _backend = Backend::start();
    page.disable_cookies();
    let (_app, seen) = auth_app(&page).await;
    assert!(seen.last().blocks_cookies());
    let left = seen.last().sign_in_with(&provider(), ReturnPath::default()).await;
    assert_eq!(left, Err(RedirectError::CookiesBlocked));
}

#[wasm_bindgen_test]
async fn c13_tokens_in_the_page_need_no_cookies() {
    let page = Page::open().await;
    let _backend = Backend::start();
    page.disable_cookies();
    let (_app, seen) = auth_app(&page).await;
    assert!(!seen.last().blocks_cookies());
    sign_in(&page, &seen).await;
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn c13_the_cookie_that_finds_out_whether_cookies_are_kept_is_gone_at_once() {
    let page = Page::open_over(Transport::Cookie).await;
    let _backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    assert!(!seen.last().blocks_cookies());
    assert_eq!(page.cookies(), "");
}

over_each_transport! {
    c13_a_session_that_the_backend_ends_later_is_not_blamed_on_cookies,
}

async fn c13_a_session_that_the_backend_ends_later_is_not_blamed_on_cookies(page: Page) {
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.advance_secs(8).await;
    assert!(backend.count(POSTS) > 0);
    backend.end_session();
    page.advance_secs(3).await;
    assert_eq!(*app.auth.last().state(), SessionState::Unauthenticated(SignOutReason::Revoked));
    assert_eq!(backend.count(REFRESH), 1);
}
