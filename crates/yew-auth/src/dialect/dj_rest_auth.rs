//! The endpoints of dj-rest-auth.

use gloo_net::http::Method;

use super::wire::{CodeExchange, SessionsAnswer, UserAnswer, object};
use super::{ApiRequest, Login, NewAccount, Rejection, ResetLink};
use crate::json::text;
use crate::transport::{ApiPath, InvalidPath};
use yew_auth_session::{FoundSession, RefreshToken, Timestamp, User};

/// The requests of dj-rest-auth, and the meaning of its answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DjRestAuth {
    /// Where its endpoints are.
    pub(crate) auth_path: ApiPath,
    /// Where the identity providers are listed. Not dj-rest-auth's: its social login has no such list.
    pub(crate) social_path: ApiPath,
}

type Request = Result<ApiRequest, InvalidPath>;

/// The requests of anybody.
impl DjRestAuth {
    pub(crate) fn login(&self, login: &Login) -> Request {
        let name = if login.name.contains('@') { "email" } else { "username" };
        self.post("login/", &[(name, &login.name), ("password", login.password.secret())])
    }

    pub(crate) fn exchange(&self, provider: &str, exchange: &CodeExchange) -> Request {
        let path = self.social_path.join(&format!("login/{provider}/"))?;
        Ok(ApiRequest::new(Method::POST, path, Some(text(exchange))))
    }

    pub(crate) fn register(&self, account: &NewAccount) -> Request {
        let NewAccount { username, email, password } = account;
        let password = password.secret();
        self.post(
            "registration/",
            &[("username", username), ("email", email), ("password1", password), ("password2", password)],
        )
    }

    pub(crate) fn providers(&self) -> ApiRequest {
        ApiRequest::get(self.social_path.clone())
    }

    pub(crate) fn password_reset(&self, email: &str) -> Request {
        self.post("password/reset/", &[("email", email)])
    }

    pub(crate) fn password_reset_confirm(&self, link: &ResetLink, password: &str) -> Request {
        let ResetLink { uid, token } = link;
        self.post(
            "password/reset/confirm/",
            &[("uid", uid), ("token", token), ("new_password1", password), ("new_password2", password)],
        )
    }

    /// Which sessions the browser holds cookies of. Not dj-rest-auth's.
    pub(crate) fn sessions(&self) -> Request {
        Ok(ApiRequest::get(self.auth_path.join("sessions/mine/")?))
    }

    /// The refresh token is in the body, unless a cookie holds it.
    pub(crate) fn refresh(&self, token: Option<&RefreshToken>) -> Request {
        self.post("token/refresh/", refresh_field(token).as_slice())
    }

    /// The refresh token is in the body, unless a cookie holds it.
    pub(crate) fn logout(&self, token: Option<&RefreshToken>) -> Request {
        self.post("logout/", refresh_field(token).as_slice())
    }
}

/// The requests of the signed-in user.
impl DjRestAuth {
    pub(crate) fn user(&self) -> Request {
        Ok(ApiRequest::get(self.auth_path.join("user/")?))
    }

    pub(crate) fn password_change(&self, old: &str, new: &str) -> Request {
        self.post("password/change/", &[("old_password", old), ("new_password1", new), ("new_password2", new)])
    }

    pub(crate) fn name_change(&self, first_name: &str, last_name: &str) -> Request {
        self.request(Method::PATCH, "user/", &[("first_name", first_name), ("last_name", last_name)])
    }

    fn post(&self, endpoint: &str, fields: &[(&str, &str)]) -> Request {
        self.request(Method::POST, endpoint, fields)
    }

    fn request(&self, method: Method, endpoint: &str, fields: &[(&str, &str)]) -> Request {
        Ok(ApiRequest::new(method, self.auth_path.join(endpoint)?, Some(object(fields))))
    }
}

/// The meaning of answers.
impl DjRestAuth {
    /// Whether a successful registration with this status may come without a session: the email address is to be confirmed
    /// first.
    pub(crate) fn may_lack_session(status: u16) -> bool {
        matches!(status, 201 | 204)
    }

    /// Whether a refused refresh ends the session. 400 and 401 are the token endpoint's final word (RFC 6749 section
    /// 5.2), if the endpoint itself has answered: the error page of a gateway is not DRF's.
    pub(crate) fn ends_session(rejection: &Rejection) -> bool {
        let is_drf = rejection.detail.is_some() || rejection.code.is_some() || !rejection.fields.is_empty();
        matches!(rejection.status, 400 | 401) && is_drf
    }

    /// Whether the browser holds the cookies of another session, and not of the one that the request named.
    pub(crate) fn names_another_session(rejection: &Rejection) -> bool {
        rejection.status == 409 && rejection.code.as_deref() == Some("another_session")
    }

    /// Reads the list of sessions.
    pub(crate) fn read_sessions(
        body: &[u8],
        parse_date: impl Fn(&str) -> Option<Timestamp>,
    ) -> Option<Vec<FoundSession>> {
        serde_json::from_slice::<SessionsAnswer>(body).ok()?.into_sessions(parse_date)
    }

    /// Reads the details of a user.
    pub(crate) fn read_user(body: &[u8]) -> Option<User> {
        serde_json::from_slice::<UserAnswer>(body).ok()?.into_user()
    }
}

fn refresh_field(token: Option<&RefreshToken>) -> Option<(&'static str, &str)> {
    token.map(|token| ("refresh", token.secret()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_drfs_own_400_and_401_end_a_session() {
        let read = |status, body: &str| Rejection::read(status, body.as_bytes(), Some(Duration::ZERO));
        let dead = r#"{"detail":"Token is invalid","code":"token_not_valid"}"#;
        assert!(DjRestAuth::ends_session(&read(401, dead)) && DjRestAuth::ends_session(&read(400, dead)));
        for (status, body) in [(403, dead), (429, dead), (500, dead), (401, "<html>"), (401, ""), (400, "{}")] {
            assert!(!DjRestAuth::ends_session(&read(status, body)), "{status} {body}");
        }
    }
}
