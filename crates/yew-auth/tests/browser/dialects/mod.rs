//! Backends that are not this repository's: sessions without refresh, refresh tokens that stay, and answers that say less.

mod fixed_cookies;
mod refresh_tokens;
mod without_refresh;

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::dialect::{Dialect, SimpleJwt};
use yew_auth::transport::{Bearer, Transport};
use yew_auth::{AuthConfig, AuthorizedClient, Login, NewAccount, Origin, RequestError, SignOutReason, UseAuthHandle};

use crate::app::App;
use crate::backend::{Backend, PASSWORD};
use crate::page::Page;
use crate::probe::{AuthProbe, ClientProbe, Seen};
use crate::reply::Reply;

const MINUTES: std::time::Duration = std::time::Duration::from_secs(300);

/// An app with its own backend.
struct Signed {
    _app: App,
    auth: Seen<UseAuthHandle>,
    client: Seen<AuthorizedClient>,
}

impl Signed {
    async fn out(page: &Page, dialect: impl Dialect + 'static, transport: impl Transport + 'static) -> Self {
        let (auth, client) = (Seen::new(), Seen::new());
        let (auth_probe, client_probe) = (auth.clone(), client.clone());
        let view =
            move || html! { <><AuthProbe seen={auth_probe.clone()} /><ClientProbe seen={client_probe.clone()} /></> };
        let config = AuthConfig::new(dialect, transport).with_name(page.name());
        Self { _app: App::mount_with(page, config, view).await, auth, client }
    }

    async fn up(page: &Page, dialect: impl Dialect + 'static, transport: impl Transport + 'static) -> Self {
        let signed = Self::out(page, dialect, transport).await;
        signed.sign_in().await.unwrap();
        page.advance_secs(6).await;
        signed
    }

    async fn sign_in(&self) -> Result<(), RequestError> {
        self.auth.last().sign_in(Login::new("demo", PASSWORD)).await
    }

    async fn posts(&self) -> Result<Vec<String>, RequestError> {
        self.client.last().get("/api/posts/").await
    }

    fn username(&self) -> Option<String> {
        self.auth.last().session().map(|session| session.user.username.clone())
    }

    fn end(&self) -> Option<SignOutReason> {
        match self.auth.last().state() {
            yew_auth::SessionState::Unauthenticated(reason) => Some(*reason),
            _ => None,
        }
    }
}

fn bearer() -> Bearer {
    Bearer::new(Origin::same_origin())
}

fn user() -> Reply {
    Reply::ok(&json!({ "pk": 7, "username": "demo" }))
}

#[wasm_bindgen_test]
async fn what_a_backend_lacks_is_an_error_and_no_request() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    let signed = Signed::out(&page, SimpleJwt::default(), bearer()).await;
    let account = NewAccount::new("demo", "demo@example.test", PASSWORD);
    assert_eq!(signed.auth.last().register(account).await, Err(RequestError::Unsupported));
    assert_eq!(signed.auth.last().providers().await, Err(RequestError::Unsupported));
    assert_eq!(signed.auth.last().request_password_reset("demo@example.test").await, Err(RequestError::Unsupported));
    assert_eq!(backend.total(), 0);
}

#[wasm_bindgen_test]
async fn a_wrong_answer_says_what_was_expected_and_where() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on("POST /api/token/", |_| Reply::ok(&json!({ "access": "a.b.c" })));
    let signed = Signed::out(&page, SimpleJwt::default(), bearer()).await;
    let error = signed.sign_in().await.unwrap_err();
    assert_eq!(error.to_string(), "the answer of /api/token/ lacks a refresh token");
}
