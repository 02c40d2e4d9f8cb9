//! Searches for tokens wherever a page can leak them.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{BroadcastChannel, MessageEvent};
use yew_auth::{Login, NewAccount, RequestError};

use crate::backend::{Backend, PASSWORD, POSTS, REFRESH, SECRET};
use crate::client::ClientApp;
use crate::page::Page;
use crate::probe::sign_in;
use crate::reply::Reply;

/// Records the messages between tabs.
fn overhear(name: &str) -> (BroadcastChannel, Rc<RefCell<String>>) {
    let channel = BroadcastChannel::new(name).unwrap();
    let heard = Rc::new(RefCell::new(String::new()));
    let ear = Rc::clone(&heard);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        ear.borrow_mut().push_str(&format!("{:?}", event.data()));
    });
    channel.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    (channel, heard)
}

/// What scripts, extensions, screenshots and error reports can see of a page.
fn surface() -> String {
    let window = web_sys::window().unwrap();
    let document = window.document().unwrap();
    let history = window.history().unwrap();
    [
        document.document_element().unwrap().outer_html(),
        document.title(),
        document.referrer(),
        window.location().href().unwrap(),
        window.name().unwrap(),
        format!("{:?}", history.state().unwrap()),
    ]
    .concat()
}

#[wasm_bindgen_test]
async fn t1_no_token_and_no_password_leaks_from_the_page() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (channel, heard) = overhear(page.name());
    let app = ClientApp::signed_in(&page).await;
    app.get().await.unwrap();
    let mut seen = format!("{:?} {:?} {:?}", app.auth.last(), app.client.last(), page.config());

    backend.reject_access_token();
    backend.on(POSTS, |_| Reply::html(500));
    let error: RequestError = app.get().await.unwrap_err();
    seen += &format!("{error:?} {error}");
    backend.on(REFRESH, |_| Reply::html(200));
    page.advance_secs(300).await;
    seen += &format!("{:?} {:?}", app.auth.last(), Login::new("demo", PASSWORD));
    seen += &format!("{:?}", NewAccount::new("demo", "demo@example.test", PASSWORD));
    sign_in(&page, &app.auth).await;
    seen += &surface();
    app.auth.last().sign_out();
    page.settle().await;

    page.advance_until("the tabs have told each other", || !heard.borrow().is_empty()).await;
    seen += &(surface() + &page.console() + &heard.borrow());
    channel.close();
    let issued = backend.issued();
    assert!(issued.len() >= 4, "{} tokens", issued.len());
    let secrets = issued.iter().flat_map(|token| token.split('.').nth(1)).chain([PASSWORD, SECRET]);
    for secret in secrets {
        assert!(!seen.contains(secret), "a secret is on the surface");
    }
}
