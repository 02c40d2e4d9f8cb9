//! Signing in with a provider: what is requested, and which answers are accepted.

mod refusals;

use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{UrlSearchParams, Window};
use yew::html;
use yew_auth::{CallbackError, IdentityProvider, ReturnPath, UseAuthHandle};

use crate::app::App;
use crate::backend::Backend;
use crate::page::Page;
use crate::probe::{AuthProbe, Seen, auth_app};
use crate::reply::Reply;

const EXCHANGE: &str = "POST /api/social/login/dev/";
const ISSUER: &str = "https://id.example";

fn window() -> Window {
    web_sys::window().unwrap()
}

/// The request to a provider: the query of its address.
struct AuthorizationRequest(UrlSearchParams);

impl AuthorizationRequest {
    fn param(&self, name: &str) -> String {
        self.0.get(name).unwrap_or_default()
    }

    /// The query with which the provider sends the person back.
    fn answer(&self) -> String {
        format!("?code=the-code&state={}&iss={ISSUER}", self.param("state"))
    }
}

/// A provider whose address is a fragment of the test's own page, so that going there does not leave it.
pub fn provider() -> IdentityProvider {
    let location = window().location();
    let page = format!("{}{}", location.origin().unwrap(), location.pathname().unwrap());
    serde_json::from_value(json!({
        "id": "dev",
        "name": "Dev",
        "client_id": "the client",
        "authorize_url": format!("{page}#authorize"),
        "end_session_url": format!("{page}#end-session"),
        "scope": "openid email",
        "issuer": ISSUER,
        "authorization_response_iss_parameter_supported": true,
    }))
    .unwrap()
}

async fn request_authorization(page: &Page, seen: &Seen<UseAuthHandle>) -> AuthorizationRequest {
    set_address("");
    seen.last().sign_in_with(&provider(), ReturnPath::new("/posts?page=2")).await.unwrap();
    page.settle().await;
    let hash = window().location().hash().unwrap();
    let (_, query) = hash.split_once('?').expect("a request in the address");
    AuthorizationRequest(UrlSearchParams::new_with_str(query).unwrap())
}

/// Opens the page with this query, as the provider does.
pub fn set_address(query: &str) {
    let path = window().location().pathname().unwrap();
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}"))).unwrap();
}

fn address() -> String {
    let location = window().location();
    location.search().unwrap() + &location.hash().unwrap()
}

/// Completes a sign-in that must fail.
async fn refusal(seen: &Seen<UseAuthHandle>, provider: &str) -> CallbackError {
    seen.last().complete_sign_in(provider).await.unwrap_err().error
}

fn accept_codes(backend: &Backend) {
    let granting = backend.clone();
    backend.on(EXCHANGE, move |_| {
        // O9: the code has left the address before the request is answered.
        assert_eq!(address(), "");
        Reply::ok(&granting.grant())
    });
}

async fn sha256(text: &str) -> String {
    let subtle = window().crypto().unwrap().subtle();
    let digest = subtle.digest_with_str_and_u8_array("SHA-256", text.as_bytes()).unwrap();
    let bytes = js_sys::Uint8Array::new(&JsFuture::from(digest).await.unwrap()).to_vec();
    let binary: String = bytes.into_iter().map(char::from).collect();
    window().btoa(&binary).unwrap().replace('+', "-").replace('/', "_").replace('=', "")
}

/// Signs in with the provider, whose answer is not looked at closely.
pub async fn sign_in_with_provider(page: &Page, backend: &Backend, seen: &Seen<UseAuthHandle>) {
    accept_codes(backend);
    let request = request_authorization(page, seen).await;
    set_address(&request.answer());
    seen.last().complete_sign_in("dev").await.unwrap();
    page.settle().await;
}

#[wasm_bindgen_test]
async fn o1_two_authorizations_share_no_secret_and_use_s256() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let (one, two) = (request_authorization(&page, &seen).await, request_authorization(&page, &seen).await);
    for name in ["state", "nonce", "code_challenge"] {
        // 22 characters of base64url are 132 bits.
        assert!(one.param(name).len() >= 22, "{name}");
        assert_ne!(one.param(name), two.param(name), "{name}");
    }
    assert_eq!(two.param("code_challenge_method"), "S256");
    assert_eq!(two.param("response_type"), "code");
    assert_eq!(two.param("client_id"), "the client");
    assert_eq!(two.param("scope"), "openid email");
    assert!(two.param("redirect_uri").ends_with("/auth/callback/dev"));
    set_address("");
}

#[wasm_bindgen_test]
async fn c18_an_app_below_a_path_names_its_own_callback() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let seen = Seen::new();
    let probe = seen.clone();
    let config = page.config().with_callback_path("/app/auth/callback/");
    let _app = App::mount_with(&page, config, move || html! { <AuthProbe seen={probe.clone()} /> }).await;
    let request = request_authorization(&page, &seen).await;
    let origin = window().location().origin().unwrap();
    assert_eq!(request.param("redirect_uri"), format!("{origin}/app/auth/callback/dev"));
    set_address("");
}

#[wasm_bindgen_test]
async fn o1_o9_the_answer_signs_in_with_the_verifier_of_its_challenge_and_leads_back() {
    let page = Page::open().await;
    let backend = Backend::start();
    accept_codes(&backend);
    let (_app, seen) = auth_app(&page).await;
    let request = request_authorization(&page, &seen).await;
    set_address(&request.answer());
    let path = seen.last().complete_sign_in("dev").await.unwrap();
    page.settle().await;
    assert_eq!(path.as_str(), "/posts?page=2");
    assert_eq!(seen.last().session().unwrap().user.username, "demo");
    let exchange = backend.last(EXCHANGE);
    let sent: Value = exchange.json();
    assert_eq!((&sent["code"], &sent["nonce"]), (&json!("the-code"), &json!(request.param("nonce"))));
    assert_eq!(sent["redirect_uri"], request.param("redirect_uri"));
    let verifier = sent["code_verifier"].as_str().unwrap();
    // RFC 7636 section 4.1.
    assert!((43..=128).contains(&verifier.len()), "{} characters", verifier.len());
    assert_eq!(sha256(verifier).await, request.param("code_challenge"));
    assert_eq!(exchange.header("authorization"), None);
}

#[wasm_bindgen_test]
async fn o2_an_answer_is_used_once() {
    let page = Page::open().await;
    let backend = Backend::start();
    accept_codes(&backend);
    let (_app, seen) = auth_app(&page).await;
    let request = request_authorization(&page, &seen).await;
    let query = request.answer();
    set_address(&query);
    seen.last().complete_sign_in("dev").await.unwrap();
    set_address(&query);
    assert!(seen.last().complete_sign_in("dev").await.is_ok());
    assert_eq!(backend.count(EXCHANGE), 1);
}

#[wasm_bindgen_test]
async fn c22_the_same_answer_leads_where_it_led_before_while_somebody_is_signed_in() {
    let page = Page::open().await;
    let backend = Backend::start();
    accept_codes(&backend);
    let (_app, seen) = auth_app(&page).await;
    let request = request_authorization(&page, &seen).await;
    let query = request.answer();
    set_address(&query);
    seen.last().complete_sign_in("dev").await.unwrap();
    page.settle().await;
    set_address(&query.replace("the-code", "another-code"));
    assert_eq!(seen.last().complete_sign_in("dev").await.unwrap().as_str(), "/posts?page=2");
    assert_eq!(address(), "", "the code is gone");
    // A sign-in that was begun meanwhile can still be completed.
    let next = request_authorization(&page, &seen).await;
    set_address(&query);
    seen.last().complete_sign_in("dev").await.unwrap();
    set_address(&next.answer());
    seen.last().complete_sign_in("dev").await.unwrap();
    assert_eq!(backend.count(EXCHANGE), 2);
    seen.last().sign_out();
    page.settle().await;
    set_address(&query);
    assert_eq!(refusal(&seen, "dev").await, CallbackError::NotRequested);
}

#[wasm_bindgen_test]
async fn o1_a_pending_authorization_expires_after_ten_minutes() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let state = request_authorization(&page, &seen).await.param("state");
    page.advance_secs(601).await;
    set_address(&format!("?code=c&state={state}&iss={ISSUER}"));
    assert_eq!(refusal(&seen, "dev").await, CallbackError::NotRequested);
    assert_eq!(backend.total(), 0);
}

#[wasm_bindgen_test]
async fn the_backends_list_of_providers_is_read() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let listed =
        json!([{ "id": "dev", "name": "Dev", "client_id": "c", "authorize_url": "https://p.example/a", "pkce": true }]);
    backend.on("GET /api/social/", move |_| Reply::ok(&listed));
    let providers = seen.last().providers().await.unwrap();
    assert_eq!(providers.iter().map(|provider| provider.name.as_str()).collect::<Vec<_>>(), ["Dev"]);
}
