//! The bodies of dj-rest-auth's answers and requests. They stay in this module's parent.

use serde::{Deserialize, Serialize};

use crate::session::User;

/// The answer of login, registration, social login and refresh.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    // dj-rest-auth up to 3.0 had the longer names.
    #[serde(default, alias = "access_token")]
    pub(super) access: String,
    #[serde(default, alias = "refresh_token")]
    pub(super) refresh: String,
    /// Not dj-rest-auth's: what `iat` says, for a page that cannot read the token.
    #[serde(default)]
    pub(super) access_issued_at: Option<String>,
    #[serde(default)]
    pub(super) access_expiration: Option<String>,
    #[serde(default)]
    pub(super) refresh_expiration: Option<String>,
    /// Not dj-rest-auth's: when the session ends for good.
    #[serde(default)]
    pub(super) session_expiration: Option<String>,
    #[serde(default)]
    pub(super) user: Option<UserAnswer>,
}

#[derive(Deserialize)]
pub(super) struct UserAnswer {
    #[serde(alias = "id")]
    pk: PrimaryKey,
    username: String,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PrimaryKey {
    Number(u64),
    Text(String),
}

impl From<UserAnswer> for User {
    fn from(answer: UserAnswer) -> Self {
        let id = match answer.pk {
            PrimaryKey::Number(number) => number.to_string(),
            PrimaryKey::Text(text) => text,
        };
        let mut user = Self::new(id, answer.username);
        user.email = answer.email.unwrap_or_default();
        user.first_name = answer.first_name.unwrap_or_default();
        user.last_name = answer.last_name.unwrap_or_default();
        user
    }
}

#[derive(Serialize)]
pub(super) struct LoginBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<&'a str>,
    pub(super) password: &'a str,
}

#[derive(Serialize)]
pub(super) struct RefreshBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh: Option<&'a str>,
}

/// What the backend needs to trade an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
#[derive(Serialize)]
pub(crate) struct CodeExchange {
    pub(crate) code: String,
    pub(crate) code_verifier: String,
    pub(crate) redirect_uri: String,
    pub(crate) nonce: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<TokenAnswer> {
        crate::session::json::read(json.as_bytes()).ok()
    }

    #[test]
    fn a_login_of_dj_rest_auth_3_0_is_read_like_one_of_today() {
        let old = read(r#"{"access_token":"a","refresh_token":"r","user":{"pk":7,"username":"demo"}}"#).unwrap();
        assert_eq!((old.access.as_str(), old.refresh.as_str()), ("a", "r"));
        assert_eq!(User::from(old.user.unwrap()).id, "7");
    }

    #[test]
    fn a_user_without_e_mail_and_names_is_a_user() {
        let user = read(r#"{"user":{"pk":"x","username":"demo","email":null}}"#).unwrap().user.unwrap();
        assert_eq!(User::from(user), User::new("x", "demo"));
    }

    #[test]
    fn s10_an_error_that_is_dressed_as_an_answer_has_no_user_and_no_token() {
        for body in [
            r#"{"detail":"nope"}"#,
            "{}",
            "[]",
            "null",
            "\"ok\"",
            r#"{"user":"demo"}"#,
            r#"{"user":{"username":"demo"}}"#,
        ] {
            let is_harmless = read(body).is_none_or(|answer| answer.user.is_none() && answer.access.is_empty());
            assert!(is_harmless, "{body}");
        }
    }
}
