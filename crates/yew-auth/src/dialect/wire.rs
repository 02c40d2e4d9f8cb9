//! The bodies of dj-rest-auth's requests and answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::json::text;
use crate::transport::TokenResponse;
use yew_auth_session::{AccessToken, FoundSession, RefreshToken, SessionId, Timestamp, User};

/// The answer of login, registration, social login and refresh.
#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    /// Not dj-rest-auth's: the session that the answer's cookies are named after.
    session_id: Option<String>,
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
            session: self.session_id.and_then(|id| SessionId::new(id).ok()),
            access: self.access.or(self.access_token).and_then(|token| AccessToken::new(token).ok()),
            refresh: self.refresh.or(self.refresh_token).and_then(|token| RefreshToken::new(token).ok()),
            access_issued_at: date(self.access_issued_at),
            access_expires_at: date(self.access_expiration),
            refresh_expires_at: date(self.refresh_expiration),
            session_ends_at: date(self.session_expiration),
        }
    }
}

/// The sessions whose cookies the browser holds. Not dj-rest-auth's.
#[derive(Deserialize)]
pub(super) struct SessionsAnswer {
    sessions: Vec<SessionAnswer>,
}

#[derive(Deserialize)]
struct SessionAnswer {
    session_id: SessionId,
    user: UserAnswer,
    signed_in_at: Option<String>,
    access_issued_at: Option<String>,
    access_expiration: Option<String>,
    refresh_expiration: Option<String>,
    session_expiration: Option<String>,
}

impl SessionsAnswer {
    /// The sessions, in the answer's order; `None` if one of them has no user.
    pub(super) fn into_sessions(self, parse_date: impl Fn(&str) -> Option<Timestamp>) -> Option<Vec<FoundSession>> {
        let date = |text: Option<String>| text.and_then(|text| parse_date(&text));
        let found = |answer: SessionAnswer| {
            Some(FoundSession {
                session: answer.session_id,
                user: answer.user.into_user()?,
                signed_in_at: date(answer.signed_in_at),
                access_issued_at: date(answer.access_issued_at),
                access_expires_at: date(answer.access_expiration),
                refresh_expires_at: date(answer.refresh_expiration),
                session_ends_at: date(answer.session_expiration),
            })
        };
        self.sessions.into_iter().map(found).collect()
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

    fn sessions(json: &str) -> Option<Vec<FoundSession>> {
        let answer: SessionsAnswer = serde_json::from_str(json).ok()?;
        answer.into_sessions(|text| text.parse().ok().map(Timestamp::from_secs))
    }

    #[test]
    fn the_sessions_of_the_browser_are_read_in_their_order() {
        let (one, two) = ("1".repeat(32), "2".repeat(32));
        let found = sessions(&format!(
            r#"{{"sessions":[
                {{"session_id":"{two}","user":{{"pk":2,"username":"grace"}},"signed_in_at":"7","access_issued_at":null,
                  "access_expiration":null,"refresh_expiration":"9","session_expiration":"11"}},
                {{"session_id":"{one}","user":{{"pk":1,"username":"demo"}},"access_expiration":"8"}}
            ]}}"#
        ))
        .unwrap();
        assert_eq!(found.iter().map(|found| found.session.as_str()).collect::<Vec<_>>(), [&two, &one]);
        assert_eq!(found[0].user, User::new("2", "grace"));
        assert_eq!((found[0].signed_in_at, found[0].access_expires_at), (Some(Timestamp::from_secs(7)), None));
        assert_eq!(found[1].access_expires_at, Some(Timestamp::from_secs(8)));
        assert_eq!(sessions(r#"{"sessions":[]}"#), Some(Vec::new()));
    }

    #[test]
    fn x3_a_list_of_sessions_with_a_wrong_name_or_without_a_user_is_not_read() {
        let id = "1".repeat(32);
        for list in [
            "null".to_owned(),
            "[]".to_owned(),
            "{}".to_owned(),
            r#"{"sessions":{}}"#.to_owned(),
            r#"{"sessions":[{}]}"#.to_owned(),
            format!(r#"{{"sessions":[{{"session_id":"{id}","user":null}}]}}"#),
            format!(r#"{{"sessions":[{{"session_id":"{id}","user":{{"username":"demo"}}}}]}}"#),
            format!(r#"{{"sessions":[{{"session_id":"{id}0","user":{{"pk":1,"username":"demo"}}}}]}}"#),
            format!(r#"{{"sessions":[{{"session_id":"{}","user":{{"pk":1,"username":"demo"}}}}]}}"#, "A".repeat(32)),
            r#"{"sessions":[{"session_id":"none","user":{"pk":1,"username":"demo"}}]}"#.to_owned(),
        ] {
            assert_eq!(sessions(&list), None, "{list}");
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
