//! `WithAuth` and `AccessDenied`: a protected page, and what a visitor sees instead.

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{AccessDenied, Session, SessionProps, SignOutReason, UseAuthHandle, WithAuth};

use crate::app::App;
use crate::backend::Backend;
use crate::page::Page;
use crate::probe::{AuthProbe, Seen, sign_in};

#[component]
fn Account(props: &SessionProps) -> Html {
    html! { <h1>{ "Account of " }{ props.session.user.display_name() }</h1> }
}

/// Properties of the app's own that are made from a session.
#[derive(Clone, PartialEq, Properties)]
struct MailboxProps {
    address: String,
}

impl From<Session> for MailboxProps {
    fn from(session: Session) -> Self {
        Self { address: session.user.email }
    }
}

#[component]
fn Mailbox(props: &MailboxProps) -> Html {
    html! { <p>{ "Mail for " }{ &props.address }</p> }
}

async fn account_app(page: &Page) -> (App, Seen<UseAuthHandle>) {
    let seen = Seen::new();
    let probe = seen.clone();
    let view = move || {
        html! { <><AuthProbe seen={probe.clone()} /><WithAuth<Account> on_sign_in={Callback::noop()} /></> }
    };
    (App::mount(page, view).await, seen)
}

#[wasm_bindgen_test]
async fn a_visitor_sees_access_denied_and_nothing_of_the_page() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, _) = account_app(&page).await;
    assert!(app.text().contains("Access denied"), "{}", app.html());
    assert!(!app.text().contains("Account of"), "{}", app.html());
    assert_eq!(backend.total(), 0);
}

#[wasm_bindgen_test]
async fn after_a_sign_in_the_page_is_shown() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (app, seen) = account_app(&page).await;
    sign_in(&page, &seen).await;
    assert_eq!(app.text(), "Account of demo");
}

#[wasm_bindgen_test]
async fn s1_signing_out_removes_the_page_completely() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (app, seen) = account_app(&page).await;
    sign_in(&page, &seen).await;
    seen.last().sign_out();
    page.settle().await;
    assert!(app.text().contains("Access denied") && app.text().contains("You have signed out"), "{}", app.html());
    assert!(!app.html().contains("demo"), "{}", app.html());
}

#[wasm_bindgen_test]
async fn a_reload_shows_the_page_without_a_request() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, seen) = account_app(&page).await;
    sign_in(&page, &seen).await;
    app.close(&page).await;
    let before = backend.total();
    let (app, _) = account_app(&page).await;
    assert_eq!(app.text(), "Account of demo");
    assert_eq!(backend.total(), before);
}

#[wasm_bindgen_test]
async fn a_page_of_any_properties_is_built_from_the_session() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let seen = Seen::new();
    let probe = seen.clone();
    let view = move || {
        html! { <><AuthProbe seen={probe.clone()} /><WithAuth<Mailbox> on_sign_in={Callback::noop()} /></> }
    };
    let app = App::mount(&page, view).await;
    sign_in(&page, &seen).await;
    assert_eq!(app.text(), "Mail for demo@example.test");
}

#[wasm_bindgen_test]
async fn the_sign_in_button_of_a_protected_page_calls_back() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let presses = std::rc::Rc::new(std::cell::Cell::new(0));
    let counted = presses.clone();
    let on_sign_in = Callback::from(move |()| counted.set(counted.get() + 1));
    let app = App::mount(&page, move || html! { <WithAuth<Account> on_sign_in={on_sign_in.clone()} /> }).await;
    app.press_button(&page).await;
    assert_eq!(presses.get(), 1);
}

#[wasm_bindgen_test]
async fn an_app_can_replace_access_denied() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let denied = Callback::from(|reason: SignOutReason| html! { <p>{ format!("denied: {reason:?}") }</p> });
    let app = App::mount(&page, move || html! { <WithAuth<Account> denied={denied.clone()} /> }).await;
    assert_eq!(app.text(), "denied: NeverSignedIn");
}

#[wasm_bindgen_test]
async fn access_denied_explains_each_reason() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let reasons = [
        SignOutReason::NeverSignedIn,
        SignOutReason::SignedOut,
        SignOutReason::SignedOutInAnotherTab,
        SignOutReason::Expired,
        SignOutReason::Revoked,
        SignOutReason::AbsoluteEnd,
        SignOutReason::CookiesNotKept,
        SignOutReason::NewerRelease,
    ];
    let mut texts = Vec::new();
    let mut app = App::mount(&page, || html! {}).await;
    for reason in reasons {
        app.show(&page, move || html! { <AccessDenied {reason} on_sign_in={Callback::noop()} /> }).await;
        assert!(app.html().contains("<h1") && app.html().contains("<button"), "{}", app.html());
        texts.push(app.text());
    }
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), reasons.len());
}
