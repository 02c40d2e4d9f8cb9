//! The bodies of dj-rest-auth's requests and answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::json::text;
use crate::transport::TokenResponse;
use yew_auth_session::{AccessToken, RefreshToken, Timestamp, User};

/// The answer of login, registration, social login and refresh.
#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    access: Option<String>,
    /// The name in dj-rest-auth up to 3.0.
    access_token: Option<String>,
    refresh: Option<String>,
    /// The name in dj-rest-auth up to 3.0.
    refresh_token: Option<String>,
    /// Not dj-rest-auth's: the `iat` claim, for a page that cannot read the token.
    access_issued_at: Option<String>,
    access_expiration: Option<String>,
    refresh_expiration: Option<String>,
    /// Not dj-rest-auth's: when the session ends, however often it is refreshed.
    session_expiration: Option<String>,
    user: Option<UserAnswer>,
}

impl TokenAnswer {
    /// Takes the user out of the answer. There is none in the answer to a refresh.
    pub(crate) fn take_user(&mut self) -> Option<User> {
        self.user.take()?.into_user()
    }

    /// The tokens and their times. A token that could be in no header counts as absent.
    pub(crate) fn into_response(self, parse_date: impl Fn(&str) -> Option<Timestamp>) -> TokenResponse {
        let date = |text: Option<String>| text.and_then(|text| parse_date(&text));
        TokenResponse {
            access: self.access.or(self.access_token).and_then(|token| AccessToken::new(token).ok()),
            refresh: self.refresh.or(self.refresh_token).and_then(|token| RefreshToken::new(token).ok()),
            access_issued_at: date(self.access_issued_at),
            access_expires_at: date(self.access_expiration),
            refresh_expires_at: date(self.refresh_expiration),
            session_ends_at: date(self.session_expiration),
        }
    }
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

/// A primary key is a whole number or a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum PrimaryKey {
    Number(u64),
    Text(String),
}

impl UserAnswer {
    /// The user, if the answer has a primary key.
    pub(super) fn into_user(self) -> Option<User> {
        let id = match self.pk.or(self.id)? {
            PrimaryKey::Number(number) => number.to_string(),
            PrimaryKey::Text(text) => text,
        };
        let mut user = User::new(id, self.username);
        user.email = self.email.unwrap_or_default();
        user.first_name = self.first_name.unwrap_or_default();
        user.last_name = self.last_name.unwrap_or_default();
        Some(user)
    }
}

/// A JSON object whose values are texts, as nearly all request bodies are.
pub(super) fn object(fields: &[(&str, &str)]) -> String {
    text(&fields.iter().copied().collect::<BTreeMap<_, _>>())
}

/// What the backend needs to exchange an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
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
        serde_json::from_str::<UserAnswer>(json).ok()?.into_user()
    }

    #[test]
    fn a_login_of_dj_rest_auth_3_0_is_read_like_one_of_today() {
        let mut old = read(r#"{"access_token":"a","refresh_token":"r","user":{"pk":7,"username":"demo"}}"#).unwrap();
        assert_eq!(old.take_user().unwrap().id, "7");
        let response = old.into_response(|_| None);
        assert_eq!((response.access, response.refresh), (AccessToken::new("a").ok(), RefreshToken::new("r").ok()));
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
            let is_harmless = |mut answer: TokenAnswer| answer.take_user().is_none() && answer.access.is_none();
            assert!(read(body).is_none_or(is_harmless), "{body}");
        }
    }
}
