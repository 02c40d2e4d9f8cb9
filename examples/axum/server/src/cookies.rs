//! The cookies of a session, named after it: a late answer changes only those of its own session.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use time::Duration;

use crate::sessions::{Lifetimes, Session, now};
use crate::signing_key::SigningKey;

const ACCESS: &str = "access";
const REFRESH: &str = "refresh";

#[derive(Clone)]
pub struct Cookies {
    pub key: SigningKey,
    /// Over https, where no other host can set them.
    pub is_secure: bool,
    pub lifetimes: Lifetimes,
}

impl Cookies {
    /// Adds the session's tokens, and returns when the access token expires.
    pub fn add(&self, jar: CookieJar, session: &Session) -> (CookieJar, i64) {
        let access_expires_at = session.ends_at.min(now() + self.lifetimes.access);
        let access = self.key.sign(ACCESS, &session.id, access_expires_at);
        let refresh = self.key.sign(REFRESH, &session.id, session.generation);
        // The access token's cookie stays too: it tells that the browser holds the session.
        let max_age = Duration::seconds(session.refresh_expires_at - now());
        let cookie = |kind, token| {
            let mut cookie = self.cookie(kind, &session.id);
            cookie.set_value(token);
            cookie.set_max_age(max_age);
            cookie
        };
        (jar.add(cookie(ACCESS, access)).add(cookie(REFRESH, refresh)), access_expires_at)
    }

    pub fn remove(&self, jar: CookieJar, session: &str) -> CookieJar {
        jar.remove(self.cookie(ACCESS, session)).remove(self.cookie(REFRESH, session))
    }

    /// When the session's access token expires, if the browser holds one that has not.
    pub fn access(&self, jar: &CookieJar, session: &str) -> Option<i64> {
        let cookie = jar.get(&self.name(ACCESS, session))?;
        self.key.verify(ACCESS, session, cookie.value()).filter(|expires_at| *expires_at > now())
    }

    /// What the session's refresh token says, if the browser holds one.
    pub fn refresh(&self, jar: &CookieJar, session: &str) -> Option<i64> {
        self.key.verify(REFRESH, session, jar.get(&self.name(REFRESH, session))?.value())
    }

    /// The ids of the sessions that have cookies in this request.
    pub fn sessions(&self, jar: &CookieJar) -> Vec<String> {
        let prefixes = [self.name(ACCESS, ""), self.name(REFRESH, "")];
        let id = |name: &str| prefixes.iter().find_map(|prefix| Some(name.strip_prefix(prefix)?.to_owned()));
        let mut ids: Vec<_> = jar.iter().filter_map(|cookie| id(cookie.name())).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn name(&self, kind: &str, session: &str) -> String {
        let prefix = if self.is_secure { "__Host-" } else { "" };
        format!("{prefix}yew-auth-{kind}.{session}")
    }

    fn cookie(&self, kind: &str, session: &str) -> Cookie<'static> {
        let path = match kind {
            _ if self.is_secure => "/",
            ACCESS => "/api/",
            _ => "/api/auth/",
        };
        Cookie::build(self.name(kind, session))
            .path(path)
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.is_secure)
            .build()
    }
}
