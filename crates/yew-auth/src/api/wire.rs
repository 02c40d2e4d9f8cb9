//! The bodies of dj-rest-auth's answers and requests. They stay in this module's parent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yew_auth_session::User;

use super::request_error::RequestError;
use crate::json::text;

/// The answer of login, registration, social login and refresh.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    pub(super) access: Option<String>,
    /// The name in dj-rest-auth up to 3.0.
    pub(super) access_token: Option<String>,
    pub(super) refresh: Option<String>,
    /// The name in dj-rest-auth up to 3.0.
    pub(super) refresh_token: Option<String>,
    /// Not dj-rest-auth's: what `iat` says, for a page that cannot read the token.
    pub(super) access_issued_at: Option<String>,
    pub(super) access_expiration: Option<String>,
    pub(super) refresh_expiration: Option<String>,
    /// Not dj-rest-auth's: when the session ends for good.
    pub(super) session_expiration: Option<String>,
    pub(super) user: Option<UserAnswer>,
}

/// A user as dj-rest-auth describes them.
#[derive(Deserialize)]
pub(super) struct UserAnswer {
    pk: Option<PrimaryKey>,
    id: Option<PrimaryKey>,
    username: String,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
}

/// A primary key is a number or a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum PrimaryKey {
    Number(u64),
    Text(String),
}

impl TryFrom<UserAnswer> for User {
    type Error = RequestError;

    fn try_from(answer: UserAnswer) -> Result<Self, RequestError> {
        let id = match answer.pk.or(answer.id).ok_or(RequestError::UnexpectedBody)? {
            PrimaryKey::Number(number) => number.to_string(),
            PrimaryKey::Text(text) => text,
        };
        let mut user = Self::new(id, answer.username);
        user.email = answer.email.unwrap_or_default();
        user.first_name = answer.first_name.unwrap_or_default();
        user.last_name = answer.last_name.unwrap_or_default();
        Ok(user)
    }
}

/// A JSON object of texts. All bodies are such, and one function writes them in less code than a type for each.
pub(super) fn object(fields: &[(&str, &str)]) -> String {
    text(&fields.iter().copied().collect::<BTreeMap<_, _>>())
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

    #[test]
    fn no_fields_are_an_empty_object() {
        assert_eq!(object(&[]), "{}");
    }

    fn read(json: &str) -> Option<TokenAnswer> {
        serde_json::from_str(json).ok()
    }

    fn user(json: &str) -> Option<User> {
        serde_json::from_str::<UserAnswer>(json).ok()?.try_into().ok()
    }

    #[test]
    fn a_login_of_dj_rest_auth_3_0_is_read_like_one_of_today() {
        let old = read(r#"{"access_token":"a","refresh_token":"r","user":{"pk":7,"username":"demo"}}"#).unwrap();
        assert_eq!((old.access_token.as_deref(), old.refresh_token.as_deref()), (Some("a"), Some("r")));
        assert_eq!(User::try_from(old.user.unwrap()).unwrap().id, "7");
    }

    #[test]
    fn a_user_without_e_mail_and_names_is_a_user() {
        let expected = Some(User::new("x", "demo"));
        assert_eq!(user(r#"{"pk":"x","username":"demo","email":null}"#), expected);
        assert_eq!(user(r#"{"id":"x","pk":null,"username":"demo","extra":[{}]}"#), expected);
    }

    #[test]
    fn x3_a_primary_key_is_a_whole_number_or_a_text() {
        assert_eq!(user(r#"{"pk":18446744073709551615,"username":"demo"}"#).unwrap().id, u64::MAX.to_string());
        for pk in ["-1", "1.5", "1e400", "18446744073709551616", "null", "[]", "{}", "true", r#""\ud800""#] {
            assert_eq!(user(&format!(r#"{{"pk":{pk},"username":"demo"}}"#)), None, "{pk}");
        }
        assert_eq!(user(r#"{"pk":1,"pk":2,"username":"demo"}"#), None, "two keys");
    }

    #[test]
    fn x3_what_is_deeper_than_any_answer_is_refused_or_skipped_without_taking_stack() {
        for depth in [200, 100_000] {
            let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            assert!(serde_json::from_str::<serde_json::Value>(&deep).is_err());
            assert!(read(&format!(r#"{{"access":{deep}}}"#)).is_none());
            assert!(read(&format!(r#"{{"access":"a","more":{deep}}}"#)).is_some());
        }
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
            let is_harmless = read(body).is_none_or(|answer| {
                answer.access.is_none() && answer.user.is_none_or(|user| User::try_from(user).is_err())
            });
            assert!(is_harmless, "{body}");
        }
    }
}
