//! The cookies of a session, named after it: a late answer changes only those of its own session. Each holds one number,
//! sealed under the cookie's name.

use axum_extra::extract::cookie::{Cookie, PrivateCookieJar, SameSite};
use time::Duration;

use crate::App;
use crate::sessions::{Session, now};

/// Says when it expires, in seconds since the Unix epoch.
const ACCESS: &str = "access";
/// Says the generation of its session.
pub const REFRESH: &str = "refresh";

impl App {
    pub fn add_tokens(&self, jar: PrivateCookieJar, session: &Session, access_expires_at: i64) -> PrivateCookieJar {
        let cookie = |token, number: i64| {
            let mut cookie = self.cookie(token, &session.id);
            cookie.set_value(number.to_string());
            // The cookie of an access token outlives it: it tells that the browser holds the session.
            cookie.set_max_age(Duration::seconds(session.refresh_expires_at - now()));
            cookie
        };
        jar.add(cookie(ACCESS, access_expires_at)).add(cookie(REFRESH, session.generation))
    }

    pub fn remove_tokens(&self, jar: PrivateCookieJar, session: &str) -> PrivateCookieJar {
        jar.remove(self.cookie(ACCESS, session)).remove(self.cookie(REFRESH, session))
    }

    /// When the access token of the session expires, if the browser holds one that has not.
    pub fn access_token(&self, jar: &PrivateCookieJar, session: &str) -> Option<i64> {
        self.token(jar, ACCESS, session).filter(|expires_at| *expires_at > now())
    }

    /// The ids of the sessions that the browser holds.
    pub fn held_sessions(&self, jar: &PrivateCookieJar) -> Vec<String> {
        let prefix = self.cookie_name(ACCESS, "");
        jar.iter().filter_map(|cookie| Some(cookie.name().strip_prefix(&prefix)?.to_owned())).collect()
    }

    /// What a token of the session says, if the browser holds one.
    pub fn token(&self, jar: &PrivateCookieJar, token: &str, session: &str) -> Option<i64> {
        jar.get(&self.cookie_name(token, session))?.value().parse().ok()
    }

    fn cookie(&self, token: &str, session: &str) -> Cookie<'static> {
        let path = if self.has_secure_cookies { "/" } else { "/api/" };
        let cookie = Cookie::build(self.cookie_name(token, session)).path(path).http_only(true);
        cookie.same_site(SameSite::Strict).secure(self.has_secure_cookies).build()
    }

    fn cookie_name(&self, token: &str, session: &str) -> String {
        let prefix = if self.has_secure_cookies { "__Host-" } else { "" };
        format!("{prefix}yew-auth-{token}.{session}")
    }
}
