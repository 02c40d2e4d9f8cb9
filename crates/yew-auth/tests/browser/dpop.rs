//! Bearer tokens that are bound to a key of the browser (DPoP, RFC 9449).

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::transport::Bearer;
use yew_auth::{AuthConfig, Login, Origin, RequestError, UseAuthHandle, UsePollHandle};

use crate::app::App;
use crate::backend::{Backend, LOGIN, LOGOUT, POSTS, REFRESH, Request};
use crate::page::Page;
use crate::probe::{AuthProbe, Names, PollProbe, Seen, sign_in};
use crate::proofs::{self, Proof};
use crate::reply::Reply;
use crate::task::Task;

struct Tab {
    app: App,
    auth: Seen<UseAuthHandle>,
    poll: Seen<UsePollHandle<Names>>,
}

async fn open_tab(page: &Page) -> Tab {
    let (auth, poll) = (Seen::new(), Seen::new());
    let config = AuthConfig::over(Bearer::new(Origin::same_origin()).with_dpop()).with_name(page.name());
    let view = {
        let (auth, poll) = (auth.clone(), poll.clone());
        move || html! { <><AuthProbe seen={auth.clone()} /><PollProbe seen={poll.clone()} /></> }
    };
    Tab { app: App::mount_with(page, config, view).await, auth, poll }
}

async fn open() -> (Page, Backend, Tab) {
    let page = Page::open().await;
    proofs::start().await;
    let backend = Backend::start();
    let tab = open_tab(&page).await;
    (page, backend, tab)
}

fn wants_nonce(status: u16, nonce: &str) -> Reply {
    let body = json!({ "detail": "The proof has no nonce.", "code": "use_dpop_nonce" });
    Reply::json(status, &body).header("dpop-nonce", nonce)
}

/// Wants proofs with this nonce, and else answers as `route` does.
fn with_nonce(
    status: u16,
    nonce: &'static str,
    route: impl Fn(&Request) -> Reply + 'static,
) -> impl Fn(&Request) -> Reply + 'static {
    move |request| match Proof::of(request).claims["nonce"] == nonce {
        true => route(request),
        false => wants_nonce(status, nonce),
    }
}

#[wasm_bindgen_test]
async fn each_request_has_a_proof_for_itself_alone() {
    let (page, backend, tab) = open().await;
    let began = page.now().as_millis() / 1_000;
    sign_in(&page, &tab.auth).await;
    tab.auth.last().refresh();
    page.settle().await;
    page.advance_secs(10).await;
    tab.auth.last().sign_out();
    page.settle().await;
    let mut ids = BTreeSet::new();
    let mut count = 0;
    for target in [LOGIN, POSTS, REFRESH, LOGOUT] {
        for request in backend.requests(target) {
            let proof = Proof::of(&request);
            assert!(proof.is_signed().await, "{target}");
            assert_eq!((&proof.header["typ"], &proof.header["alg"]), (&json!("dpop+jwt"), &json!("ES256")));
            assert_eq!(proof.claims["htm"], request.method);
            assert_eq!(proof.claims["htu"], request.url);
            assert!(began <= proof.claims["iat"].as_i64().unwrap());
            count += 1;
            ids.insert(proof.claims["jti"].as_str().unwrap().to_owned());
        }
    }
    assert!(count >= 5, "{count}");
    assert_eq!(ids.len(), count, "no id twice");
}

#[wasm_bindgen_test]
async fn a_request_with_a_token_names_the_token() {
    let (page, backend, tab) = open().await;
    sign_in(&page, &tab.auth).await;
    let request = backend.last(POSTS);
    let token = request.header("authorization").unwrap().strip_prefix("DPoP ").expect("RFC 9449's scheme").to_owned();
    assert_eq!(Proof::of(&request).claims["ath"], proofs::hash(&token).await);
    assert!(Proof::of(&backend.last(LOGIN)).claims.get("ath").is_none());
    assert_eq!(tab.poll.last().data.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn the_key_cannot_be_copied_and_outlives_a_reload() {
    let (page, backend, tab) = open().await;
    sign_in(&page, &tab.auth).await;
    let key = Proof::of(&backend.last(LOGIN)).key().clone();
    assert_eq!(proofs::kept_keys_are_extractable().await, [false]);
    assert!(!page.record().unwrap().contains(key["x"].as_str().unwrap()));
    tab.app.close(&page).await;
    let _again = open_tab(&page).await;
    page.advance_secs(10).await;
    assert_eq!(Proof::of(&backend.last(POSTS)).key(), &key);
    assert_eq!(proofs::kept_keys_are_extractable().await, [false], "one key");
}

#[wasm_bindgen_test]
async fn tabs_that_open_together_agree_on_one_key() {
    let (page, backend, first) = open().await;
    let second = open_tab(&page).await;
    let refused = [first.auth.last(), second.auth.last()]
        .map(|auth| Task::start(async move { auth.sign_in(Login::new("demo", "wrong")).await }));
    page.settle().await;
    assert!(refused.iter().all(Task::is_done));
    let keys: BTreeSet<String> =
        backend.requests(LOGIN).iter().map(|request| Proof::of(request).key().to_string()).collect();
    assert_eq!((backend.count(LOGIN), keys.len()), (2, 1));
}

#[wasm_bindgen_test]
async fn without_a_database_the_page_has_a_key_of_its_own() {
    let (page, backend, tab) = open().await;
    proofs::block_database();
    sign_in(&page, &tab.auth).await;
    let (login, posts) = (Proof::of(&backend.last(LOGIN)), Proof::of(&backend.last(POSTS)));
    assert!(posts.is_signed().await);
    assert_eq!(login.key(), posts.key());
}

#[wasm_bindgen_test]
async fn a_request_is_sent_again_with_the_nonce_that_the_backend_wants() {
    let (page, backend, tab) = open().await;
    let weak = backend.clone();
    backend.on(LOGIN, with_nonce(400, "first", move |_| Reply::ok(&weak.grant())));
    sign_in(&page, &tab.auth).await;
    assert_eq!(tab.auth.last().session().unwrap().user.username, "demo");
    let [refused, taken] = &backend.requests(LOGIN)[..] else { panic!("twice") };
    assert_eq!(refused.body, taken.body);
    assert_ne!(Proof::of(refused).claims["jti"], Proof::of(taken).claims["jti"]);
    assert_eq!(Proof::of(&backend.last(POSTS)).claims["nonce"], "first", "it is kept for the next");
}

#[wasm_bindgen_test]
async fn the_newest_nonce_is_used() {
    let (page, backend, tab) = open().await;
    let number = Rc::new(Cell::new(0));
    backend.on(POSTS, move |_| {
        number.set(number.get() + 1);
        Reply::ok(&["post"]).header("dpop-nonce", &format!("nonce-{}", number.get()))
    });
    sign_in(&page, &tab.auth).await;
    page.advance_secs(20).await;
    let nonces: Vec<_> =
        backend.requests(POSTS).iter().map(|request| Proof::of(request).claims.get("nonce").cloned()).collect();
    assert_eq!(nonces, [None, Some(json!("nonce-1")), Some(json!("nonce-2"))]);
}

#[wasm_bindgen_test]
async fn a_nonce_that_is_wanted_ends_no_session_and_shows_no_error() {
    let (page, backend, tab) = open().await;
    sign_in(&page, &tab.auth).await;
    let renewing = backend.clone();
    backend.on(REFRESH, with_nonce(400, "for-refresh", move |request| renewing.renew(request)));
    backend.on(POSTS, with_nonce(401, "for-posts", |_| Reply::ok(&["post"])));
    tab.auth.last().refresh();
    page.settle().await;
    page.advance_secs(10).await;
    assert!(tab.auth.last().session().is_some());
    assert_eq!(backend.count(REFRESH), 2, "refused once, taken once");
    assert!(tab.poll.all().iter().all(|poll| poll.error.is_none()));
    assert_eq!(tab.poll.last().data.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn a_backend_that_wants_one_nonce_after_the_other_is_asked_twice() {
    let (page, backend, tab) = open().await;
    backend.on(LOGIN, |_| wants_nonce(400, "another"));
    let auth = tab.auth.last();
    let signing_in = Task::start(async move { auth.sign_in(Login::new("demo", "correct horse")).await });
    page.settle().await;
    assert!(matches!(signing_in.result(), Err(RequestError::Status(rejection)) if rejection.status == 400));
    assert_eq!(backend.count(LOGIN), 2);
}

#[wasm_bindgen_test]
async fn a_refusal_of_the_proof_ends_the_session() {
    let (page, backend, tab) = open().await;
    sign_in(&page, &tab.auth).await;
    let body = json!({ "detail": "The proof is signed by another key.", "code": "invalid_dpop_proof" });
    let refusal = Reply::json(400, &body);
    backend.on(REFRESH, move |_| refusal.clone());
    tab.auth.last().refresh();
    page.advance_secs(10).await;
    assert_eq!(backend.count(REFRESH), 1);
    assert!(tab.auth.last().session().is_none(), "{:?}", tab.auth.last().state());
}

#[wasm_bindgen_test]
async fn without_the_option_there_is_no_proof_and_no_key() {
    let page = Page::open().await;
    proofs::start().await;
    let backend = Backend::start();
    let auth = Seen::new();
    let probe = auth.clone();
    let _app = App::mount(&page, move || html! { <AuthProbe seen={probe.clone()} /> }).await;
    sign_in(&page, &auth).await;
    assert_eq!(backend.last(LOGIN).header("dpop"), None);
}
