//! The sessions of the backend, and the cookies that the browser keeps for it.

use std::time::Duration;

use serde_json::{Value, json};
use yew_auth::Timestamp;

use super::request::Request;
use super::{SECRET, not_valid};
use crate::page;
use crate::reply::Reply;
use crate::tokens::{iso_8601, jwt};
use crate::transport::Transport;

const REFRESH_LIFETIME: Duration = Duration::from_secs(7 * 86_400);

/// All live sessions, whatever proves them.
pub struct Sessions {
    transport: Transport,
    live: Vec<Session>,
    /// What the browser holds. Cookies with fixed names are those of an empty session id.
    jar: Vec<Cookies>,
    issued: Vec<String>,
    /// Whether the browser keeps new cookies.
    keeps_cookies: bool,
    opened: u128,
    access_lifetime: Duration,
    session_end: Timestamp,
}

/// A live session.
pub struct Session {
    pub id: String,
    pub username: String,
    signed_in_at: Timestamp,
    access: String,
    access_issued_at: Timestamp,
    access_expires_at: Timestamp,
    refresh: String,
}

#[derive(Clone)]
struct Cookies {
    session: String,
    access: String,
    refresh: String,
}

impl Sessions {
    pub fn new(transport: Transport) -> Self {
        Self {
            transport,
            live: Vec::new(),
            jar: Vec::new(),
            issued: Vec::new(),
            keeps_cookies: true,
            opened: 0,
            access_lifetime: Duration::from_secs(300),
            session_end: page::now() + Duration::from_secs(30 * 86_400),
        }
    }

    pub fn set_access_lifetime(&mut self, lifetime: Duration) {
        self.access_lifetime = lifetime;
    }

    pub fn set_session_end(&mut self, end: Timestamp) {
        self.session_end = end;
    }

    pub fn issued(&self) -> Vec<String> {
        self.issued.clone()
    }

    pub fn live(&self) -> &[Session] {
        &self.live
    }

    pub fn reject_access_tokens(&mut self) {
        self.live.iter_mut().for_each(|session| session.access.clear());
    }

    pub fn block_cookies(&mut self) {
        self.keeps_cookies = false;
    }

    pub fn forget_cookies(&mut self) {
        self.jar.clear();
    }

    pub fn end_all(&mut self) {
        self.live.clear();
    }

    /// Opens a session. Returns the answer to a sign-in, without the user.
    pub fn open(&mut self, username: &str) -> Value {
        self.opened += 1;
        let now = page::now();
        self.live.push(Session {
            id: format!("{:032x}", self.opened),
            username: username.to_owned(),
            signed_in_at: now,
            access: String::new(),
            access_issued_at: now,
            access_expires_at: now,
            refresh: String::new(),
        });
        self.issue(self.live.len() - 1)
    }

    /// The answer to a refresh of the session that the request presents.
    pub fn renew(&mut self, request: &Request) -> Reply {
        match self.presented(request, |cookies| &cookies.refresh, |session| &session.refresh) {
            Ok(at) => Reply::ok(&self.issue(at)),
            Err(refusal) => refusal,
        }
    }

    /// Ends the session that the request presents. Cookies with fixed names are cleared whosever they are.
    pub fn revoke(&mut self, request: &Request) -> Reply {
        let revoked = self.presented(request, |cookies| &cookies.refresh, |session| &session.refresh);
        let cleared = self.cookie_name(request);
        self.jar.retain(|cookies| Some(&cookies.session) != cleared.as_ref());
        match revoked {
            Ok(at) => {
                self.live.remove(at);
                Reply::ok(&json!({ "detail": "Successfully logged out." }))
            }
            Err(refusal) => refusal,
        }
    }

    /// The live session whose access token the request presents.
    pub fn authenticate(&self, request: &Request) -> Result<&Session, Reply> {
        let at = self.presented(request, |cookies| &cookies.access, |session| &session.access)?;
        Some(&self.live[at]).filter(|session| page::now() < session.access_expires_at).ok_or_else(not_valid)
    }

    /// The live sessions whose cookies the browser holds, the newest sign-in first.
    pub fn list(&self, user: impl Fn(&str) -> Value) -> Value {
        let held = |session: &&Session| self.jar.iter().any(|cookies| cookies.session == session.id);
        let described = |session: &Session| {
            let is_good = page::now() < session.access_expires_at;
            json!({
                "session_id": session.id,
                "user": user(&session.username),
                "signed_in_at": iso_8601(session.signed_in_at),
                "access_issued_at": is_good.then(|| iso_8601(session.access_issued_at)),
                "access_expiration": is_good.then(|| iso_8601(session.access_expires_at)),
                "refresh_expiration": iso_8601(session.signed_in_at + REFRESH_LIFETIME),
                "session_expiration": iso_8601(self.session_end),
            })
        };
        json!({ "sessions": self.live.iter().rev().filter(held).map(described).collect::<Vec<_>>() })
    }

    /// Whether no other site can have sent the request.
    pub fn is_the_apps_own(&self, request: &Request) -> bool {
        match self.transport {
            Transport::Bearer => true,
            Transport::FixedCookie => request.method == "GET" || request.header("x-csrf") == Some("1"),
            Transport::Cookie => match request.header("x-session-id") {
                Some(session) => session == "none" || is_session_id(session),
                None => request.method == "GET",
            },
        }
    }

    /// New tokens for a session. They are in the answer, or in the browser's cookies.
    fn issue(&mut self, at: usize) -> Value {
        let now = page::now();
        let access_expires_at = now + self.access_lifetime;
        let (access, refresh) = (self.token("access", self.access_lifetime), self.token("refresh", REFRESH_LIFETIME));
        let session = &mut self.live[at];
        session.access = access.clone();
        session.access_issued_at = now;
        session.access_expires_at = access_expires_at;
        session.refresh = refresh.clone();
        let mut answer = json!({
            "access_expiration": iso_8601(access_expires_at),
            "refresh_expiration": iso_8601(now + REFRESH_LIFETIME),
            "session_expiration": iso_8601(self.session_end),
        });
        let name = match self.transport {
            Transport::Bearer => {
                answer["access"] = access.into();
                answer["refresh"] = refresh.into();
                return answer;
            }
            Transport::FixedCookie => String::new(),
            Transport::Cookie => {
                answer["session_id"] = session.id.as_str().into();
                session.id.clone()
            }
        };
        answer["access_issued_at"] = iso_8601(now).into();
        self.jar.retain(|cookies| cookies.session != name);
        if self.keeps_cookies {
            self.jar.push(Cookies { session: name, access, refresh });
        }
        answer
    }

    /// The place of the live session that the request presents a token of, or the backend's refusal.
    fn presented(
        &self,
        request: &Request,
        of_cookies: fn(&Cookies) -> &str,
        of_session: fn(&Session) -> &str,
    ) -> Result<usize, Reply> {
        let find = |token: &str| self.live.iter().position(|session| !token.is_empty() && of_session(session) == token);
        if self.transport == Transport::Bearer {
            return find(&request.bearer_token()).ok_or_else(not_valid);
        }
        let name = self.cookie_name(request).ok_or_else(not_valid)?;
        match self.jar.iter().find(|cookies| cookies.session == name) {
            Some(cookies) => find(of_cookies(cookies)).ok_or_else(not_valid),
            None if self.holds_a_live_session() => {
                Err(Reply::json(409, &json!({ "detail": "Another session.", "code": "another_session" })))
            }
            None => Err(not_valid()),
        }
    }

    fn holds_a_live_session(&self) -> bool {
        self.jar.iter().any(|cookies| self.live.iter().any(|session| session.id == cookies.session))
    }

    /// The name of the cookies that count for the request, if the browser sends cookies at all.
    fn cookie_name(&self, request: &Request) -> Option<String> {
        let sends_cookies = request.credentials == "same-origin";
        match self.transport {
            Transport::Bearer => None,
            Transport::FixedCookie => sends_cookies.then(String::new),
            Transport::Cookie => request.header("x-session-id").filter(|_| sends_cookies).map(str::to_owned),
        }
        .filter(|name| name != "none")
    }

    fn token(&mut self, kind: &str, lifetime: Duration) -> String {
        let token = jwt(kind, &format!("{SECRET}-{}", self.issued.len()), page::now(), lifetime);
        self.issued.push(token.clone());
        token
    }
}

fn is_session_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
