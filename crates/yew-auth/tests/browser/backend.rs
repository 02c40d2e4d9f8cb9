//! A backend that speaks dj-rest-auth's dialect, behind the page's `fetch`.

mod request;
mod sessions;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use yew_auth::Timestamp;

use crate::page;
use crate::reply::Reply;
pub use request::Request;
use sessions::Sessions;

pub const LOGIN: &str = "POST /api/auth/login/";
pub const REFRESH: &str = "POST /api/auth/token/refresh/";
pub const LOGOUT: &str = "POST /api/auth/logout/";
pub const SESSIONS: &str = "GET /api/auth/sessions/mine/";
pub const USER: &str = "GET /api/auth/user/";
pub const POSTS: &str = "GET /api/posts/";
pub const PASSWORD: &str = "correct horse";
/// Is in the claims of every token.
pub const SECRET: &str = "a-token-that-leaks";

type Handler = Rc<dyn Fn(&Request) -> Reply>;
type Fetch = Closure<dyn Fn(String) -> JsValue>;

/// The backend. It answers until it is dropped.
#[derive(Clone)]
pub struct Backend(Rc<Inner>);

struct Inner {
    handlers: RefCell<HashMap<String, Handler>>,
    requests: RefCell<Vec<Request>>,
    sessions: RefCell<Sessions>,
    username: RefCell<String>,
    fetch: RefCell<Option<Fetch>>,
    is_bare: Cell<bool>,
}

impl Backend {
    /// Takes over the page's `fetch`. The routes of the session work; others answer as [`on`](Self::on) says.
    pub fn start() -> Self {
        let backend = Self(Rc::new(Inner {
            handlers: RefCell::default(),
            requests: RefCell::default(),
            sessions: RefCell::new(Sessions::new(page::transport())),
            username: RefCell::new("demo".to_owned()),
            fetch: RefCell::default(),
            is_bare: Cell::default(),
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

    /// A backend without sessions and routes: another one than dj-rest-auth's. The handlers look at the requests themselves.
    pub fn start_bare() -> Self {
        let backend = Self::start();
        backend.0.is_bare.set(true);
        backend.0.handlers.borrow_mut().clear();
        backend
    }

    /// Answers `target` by `handler` from now on. Except for the session's own routes, the token is checked first.
    pub fn on(&self, target: &str, handler: impl Fn(&Request) -> Reply + 'static) {
        self.0.handlers.borrow_mut().insert(target.to_owned(), Rc::new(handler));
    }

    /// Restores the routes of the session.
    pub fn restore_sessions(&self) {
        let weak = Rc::downgrade(&self.0);
        let bind = |route: fn(&Self, &Request) -> Reply| {
            let weak = weak.clone();
            move |request: &Request| route(&Self(weak.upgrade().unwrap()), request)
        };
        self.on(LOGIN, bind(Self::login));
        self.on(REFRESH, bind(Self::renew));
        self.on(LOGOUT, bind(Self::log_out));
        self.on(SESSIONS, bind(|backend, _| Reply::ok(&backend.0.sessions.borrow().list(user))));
        self.on(USER, bind(Self::own_user));
    }

    /// How long access tokens live that are issued from now on.
    pub fn set_access_lifetime(&self, lifetime: Duration) {
        self.0.sessions.borrow_mut().set_access_lifetime(lifetime);
    }

    /// When sessions end for good.
    pub fn set_session_end(&self, end: Timestamp) {
        self.0.sessions.borrow_mut().set_session_end(end);
    }

    /// Who signs in next.
    pub fn set_username(&self, username: &str) {
        self.0.username.replace(username.to_owned());
    }

    /// Rejects every access token that was issued so far.
    pub fn reject_access_token(&self) {
        self.0.sessions.borrow_mut().reject_access_tokens();
    }

    /// Ends all sessions, as an administrator does.
    pub fn end_session(&self) {
        self.0.sessions.borrow_mut().end_all();
    }

    /// The browser keeps no new cookies.
    pub fn block_cookies(&self) {
        self.0.sessions.borrow_mut().block_cookies();
    }

    /// The browser loses its cookies; the sessions live on.
    pub fn forget_cookies(&self) {
        self.0.sessions.borrow_mut().forget_cookies();
    }

    /// The usernames of the live sessions, the oldest first.
    pub fn signed_in(&self) -> Vec<String> {
        self.0.sessions.borrow().live().iter().map(|session| session.username.clone()).collect()
    }

    /// The id of the newest live session.
    pub fn newest_session(&self) -> String {
        self.0.sessions.borrow().live().last().unwrap().id.clone()
    }

    pub fn requests(&self, target: &str) -> Vec<Request> {
        self.0.requests.borrow().iter().filter(|request| request.target() == target).cloned().collect()
    }

    pub fn count(&self, target: &str) -> usize {
        self.requests(target).len()
    }

    /// The number of requests to any target.
    pub fn total(&self) -> usize {
        self.0.requests.borrow().len()
    }

    pub fn last(&self, target: &str) -> Request {
        self.requests(target).pop().unwrap()
    }

    /// Every token that was ever issued.
    pub fn issued(&self) -> Vec<String> {
        self.0.sessions.borrow().issued()
    }

    /// Opens a session. Returns the body of a login's answer. Over cookies its tokens are in the browser's cookies.
    pub fn grant(&self) -> Value {
        let username = self.0.username.borrow().clone();
        let mut answer = self.0.sessions.borrow_mut().open(&username);
        answer["user"] = user(&username);
        answer
    }

    /// The answer to a refresh.
    pub fn renew(&self, request: &Request) -> Reply {
        self.0.sessions.borrow_mut().renew(request)
    }

    /// The answer to a logout.
    pub fn log_out(&self, request: &Request) -> Reply {
        self.0.sessions.borrow_mut().revoke(request)
    }

    fn answer(&self, request: Request) -> Reply {
        let target = request.target();
        self.0.requests.borrow_mut().push(request.clone());
        let handler = self.0.handlers.borrow().get(&target).cloned();
        let needs_no_session = ["/api/social/", "/registration/", "/password/reset/"];
        let is_open = [LOGIN, REFRESH, LOGOUT, SESSIONS].contains(&target.as_str())
            || needs_no_session.iter().any(|part| target.contains(part));
        let Some(handler) = handler else { return Reply::html(404) };
        if self.0.is_bare.get() {
            return handler(&request);
        }
        let sessions = self.0.sessions.borrow();
        if !sessions.is_the_apps_own(&request) {
            return Reply::json(403, &json!({ "detail": "Not a request of the app.", "code": "csrf_failed" }));
        }
        let refusal = if is_open { None } else { sessions.authenticate(&request).err() };
        drop(sessions);
        refusal.unwrap_or_else(|| handler(&request))
    }

    fn login(&self, request: &Request) -> Reply {
        if request.json()["password"] == PASSWORD {
            Reply::ok(&self.grant())
        } else {
            Reply::json(400, &json!({ "non_field_errors": ["Unable to log in with provided credentials."] }))
        }
    }

    fn own_user(&self, request: &Request) -> Reply {
        match self.0.sessions.borrow().authenticate(request) {
            Ok(session) => Reply::ok(&user(&session.username)),
            Err(refusal) => refusal,
        }
    }
}

fn user(username: &str) -> Value {
    json!({ "pk": format!("pk-{username}"), "username": username, "email": format!("{username}@example.test") })
}

/// What simplejwt says of a token that is not valid.
pub fn not_valid() -> Reply {
    Reply::json(401, &json!({ "detail": "Token is invalid", "code": "token_not_valid" }))
        .header("www-authenticate", "Bearer realm=\"api\"")
}
