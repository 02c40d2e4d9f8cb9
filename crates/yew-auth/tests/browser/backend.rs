//! A backend that speaks dj-rest-auth's dialect, behind the page's `fetch`.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use yew_auth::Timestamp;

use crate::page;
use crate::reply::Reply;
use crate::tokens::{iso_8601, jwt};
use crate::transport::Transport;

pub const LOGIN: &str = "POST /api/auth/login/";
pub const REFRESH: &str = "POST /api/auth/token/refresh/";
pub const LOGOUT: &str = "POST /api/auth/logout/";
pub const USER: &str = "GET /api/auth/user/";
pub const POSTS: &str = "GET /api/posts/";
pub const PASSWORD: &str = "correct horse";
/// Stands in the claims of every token.
pub const SECRET: &str = "a-token-that-leaks";

/// A request as it arrived.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    pub method: String,
    pub url: String,
    pub redirect: String,
    pub credentials: String,
    pub cache: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl Request {
    /// Method, path and query, as in `GET /api/posts/`.
    pub fn target(&self) -> String {
        let path = self.url.splitn(4, '/').nth(3).unwrap_or_default();
        format!("{} /{path}", self.method)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

type Handler = Rc<dyn Fn(&Request) -> Reply>;
type Fetch = Closure<dyn Fn(String) -> JsValue>;

/// The backend. It answers until it is dropped.
#[derive(Clone)]
pub struct Backend(Rc<Inner>);

struct Inner {
    transport: Transport,
    handlers: RefCell<HashMap<String, Handler>>,
    requests: RefCell<Vec<Request>>,
    session: RefCell<Option<Tokens>>,
    /// The HttpOnly cookies, which the browser keeps for the backend.
    jar: RefCell<Option<Jar>>,
    issued: RefCell<Vec<String>>,
    username: RefCell<String>,
    access_lifetime: Cell<Duration>,
    session_ends_at: Cell<Timestamp>,
    fetch: RefCell<Option<Fetch>>,
}

#[derive(Clone, Default)]
struct Jar {
    access: String,
    refresh: String,
}

struct Tokens {
    access: String,
    access_expires_at: Timestamp,
    refresh: String,
}

impl Backend {
    /// Takes the page's `fetch`. Its session routes work; others say what [`on`](Self::on) has them say.
    pub fn start() -> Self {
        let backend = Self(Rc::new(Inner {
            transport: page::transport(),
            handlers: RefCell::default(),
            requests: RefCell::default(),
            session: RefCell::default(),
            jar: RefCell::default(),
            issued: RefCell::default(),
            username: RefCell::new("demo".to_owned()),
            access_lifetime: Cell::new(Duration::from_secs(300)),
            session_ends_at: Cell::new(page::now() + Duration::from_secs(30 * 86_400)),
            fetch: RefCell::default(),
        }));
        let weak = Rc::downgrade(&backend.0);
        let fetch = Closure::new(move |request: String| {
            let inner = weak.upgrade().expect("a request after the test");
            Self(inner).answer(serde_json::from_str(&request).unwrap()).to_js()
        });
        page::install_fetch(&fetch);
        backend.0.fetch.replace(Some(fetch));
        backend.restore_sessions();
        backend.on(POSTS, |_| Reply::ok(&["first", "second"]));
        backend
    }

    /// Answers `target` by `handler` from now on. But for the session's own routes the token has been looked at before.
    pub fn on(&self, target: &str, handler: impl Fn(&Request) -> Reply + 'static) {
        self.0.handlers.borrow_mut().insert(target.to_owned(), Rc::new(handler));
    }

    /// Puts the routes of the session back to what they do by themselves.
    pub fn restore_sessions(&self) {
        let weak = Rc::downgrade(&self.0);
        let bind = |route: fn(&Self, &Request) -> Reply| {
            let weak = weak.clone();
            move |request: &Request| route(&Self(weak.upgrade().unwrap()), request)
        };
        self.on(LOGIN, bind(Self::login));
        self.on(REFRESH, bind(Self::refresh));
        self.on(LOGOUT, bind(Self::logout));
        self.on(USER, bind(|backend, _| Reply::ok(&backend.user())));
    }

    /// How long access tokens live that are issued from now on.
    pub fn set_access_lifetime(&self, lifetime: Duration) {
        self.0.access_lifetime.set(lifetime);
    }

    /// When sessions end for good.
    pub fn set_session_end(&self, end: Timestamp) {
        self.0.session_ends_at.set(end);
    }

    /// Who signs in next.
    pub fn set_username(&self, username: &str) {
        self.0.username.replace(username.to_owned());
    }

    /// No access token that was issued so far is taken any more.
    pub fn reject_access_token(&self) {
        if let Some(tokens) = &mut *self.0.session.borrow_mut() {
            tokens.access.clear();
        }
    }

    /// Ends the session, as an administrator does.
    pub fn end_session(&self) {
        self.0.session.take();
    }

    pub fn requests(&self, target: &str) -> Vec<Request> {
        self.0.requests.borrow().iter().filter(|request| request.target() == target).cloned().collect()
    }

    pub fn count(&self, target: &str) -> usize {
        self.requests(target).len()
    }

    /// How many requests there were, to whatever target.
    pub fn total(&self) -> usize {
        self.0.requests.borrow().len()
    }

    pub fn last(&self, target: &str) -> Request {
        self.requests(target).pop().unwrap()
    }

    /// Every token that was ever issued.
    pub fn issued(&self) -> Vec<String> {
        self.0.issued.borrow().clone()
    }

    /// The body of a login's answer, with tokens that are now the valid ones. Over cookies, they are in the jar instead.
    pub fn grant(&self) -> Value {
        let now = page::now();
        let lifetime = self.0.access_lifetime.get();
        let refresh_expires_at = now + Duration::from_secs(7 * 86_400);
        let access = self.issue("access", lifetime);
        let refresh = self.issue("refresh", Duration::from_secs(7 * 86_400));
        let mut answer = json!({
            "user": self.user(),
            "access_expiration": iso_8601(now + lifetime),
            "refresh_expiration": iso_8601(refresh_expires_at),
            "session_expiration": iso_8601(self.0.session_ends_at.get()),
        });
        match self.0.transport {
            Transport::Cookie => {
                answer["access_issued_at"] = iso_8601(now).into();
                self.0.jar.replace(Some(Jar { access: access.clone(), refresh: refresh.clone() }));
            }
            Transport::Bearer => {
                answer["access"] = access.as_str().into();
                answer["refresh"] = refresh.as_str().into();
            }
        }
        self.0.session.replace(Some(Tokens { access, access_expires_at: now + lifetime, refresh }));
        answer
    }

    fn answer(&self, request: Request) -> Reply {
        let target = request.target();
        self.0.requests.borrow_mut().push(request.clone());
        let handler = self.0.handlers.borrow().get(&target).cloned();
        let for_strangers = ["/api/social/", "/registration/", "/password/reset/"];
        let is_open = [LOGIN, REFRESH, LOGOUT].contains(&target.as_str())
            || for_strangers.iter().any(|part| target.contains(part));
        match handler {
            Some(_) if !self.is_the_apps_own(&request) => Reply::json(403, &json!({ "code": "csrf_failed" })),
            Some(_) if !is_open && !self.takes(&request) => not_valid(),
            Some(handler) => handler(&request),
            None => Reply::html(404),
        }
    }

    /// Over cookies, a request that may change something shows that no other site has sent it.
    fn is_the_apps_own(&self, request: &Request) -> bool {
        self.0.transport == Transport::Bearer || request.method == "GET" || request.header("x-csrf") == Some("1")
    }

    fn takes(&self, request: &Request) -> bool {
        let presented = match self.0.transport {
            Transport::Cookie => self.cookies(request).access,
            Transport::Bearer => {
                let header = request.header("authorization").and_then(|header| header.strip_prefix("Bearer "));
                header.unwrap_or_default().to_owned()
            }
        };
        let session = self.0.session.borrow();
        session.as_ref().is_some_and(|session| presented == session.access && page::now() < session.access_expires_at)
    }

    /// What the browser adds to this request.
    fn cookies(&self, request: &Request) -> Jar {
        let jar = self.0.jar.borrow().clone().unwrap_or_default();
        if request.credentials == "same-origin" { jar } else { Jar::default() }
    }

    fn presented_refresh_token(&self, request: &Request) -> String {
        match self.0.transport {
            Transport::Cookie => self.cookies(request).refresh,
            Transport::Bearer => request.json()["refresh"].as_str().unwrap_or_default().to_owned(),
        }
    }

    fn login(&self, request: &Request) -> Reply {
        if request.json()["password"] == PASSWORD {
            Reply::ok(&self.grant())
        } else {
            Reply::json(400, &json!({ "non_field_errors": ["Unable to log in with provided credentials."] }))
        }
    }

    fn refresh(&self, request: &Request) -> Reply {
        let presented = self.presented_refresh_token(request);
        let is_current = self.0.session.borrow().as_ref().is_some_and(|session| session.refresh == presented);
        if is_current { Reply::ok(&self.grant()) } else { not_valid() }
    }

    fn logout(&self, request: &Request) -> Reply {
        let presented = self.presented_refresh_token(request);
        let is_current = self.0.session.borrow().as_ref().is_some_and(|session| session.refresh == presented);
        self.0.jar.take();
        if !is_current {
            return not_valid();
        }
        self.end_session();
        Reply::ok(&json!({ "detail": "Successfully logged out." }))
    }

    fn user(&self) -> Value {
        let username = self.0.username.borrow();
        json!({ "pk": format!("pk-{username}"), "username": *username, "email": format!("{username}@example.test") })
    }

    fn issue(&self, kind: &str, lifetime: Duration) -> String {
        let mut issued = self.0.issued.borrow_mut();
        let token = jwt(kind, &format!("{SECRET}-{}", issued.len()), page::now(), lifetime);
        issued.push(token.clone());
        token
    }
}

/// What simplejwt says of a token that it does not take.
pub fn not_valid() -> Reply {
    Reply::json(401, &json!({ "detail": "Token is invalid", "code": "token_not_valid" }))
        .header("www-authenticate", "Bearer realm=\"api\"")
}
