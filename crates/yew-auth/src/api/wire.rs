//! The bodies of dj-rest-auth's answers and requests. They stay in this module's parent.

use yew_auth_session::User;
use yew_auth_session::json::{Json, JsonWriter};

/// The answer of login, registration, social login and refresh.
pub(super) struct TokenAnswer {
    pub(super) access: String,
    pub(super) refresh: String,
    /// Not dj-rest-auth's: what `iat` says, for a page that cannot read the token.
    pub(super) access_issued_at: Option<String>,
    pub(super) access_expiration: Option<String>,
    pub(super) refresh_expiration: Option<String>,
    /// Not dj-rest-auth's: when the session ends for good.
    pub(super) session_expiration: Option<String>,
    pub(super) user: Option<User>,
}

impl TokenAnswer {
    /// `None` for what is no such answer.
    pub(super) fn read(mut json: Json<'_>) -> Option<Self> {
        if !matches!(json, Json::Object(_)) {
            return None;
        }
        // dj-rest-auth up to 3.0 had the longer names.
        let token = |json: &mut Json<'_>, name, old_name| -> Option<String> {
            let token = json.take(name).text_or_null()?;
            Some(token.or(json.take(old_name).text_or_null()?).unwrap_or_default())
        };
        Some(Self {
            access: token(&mut json, "access", "access_token")?,
            refresh: token(&mut json, "refresh", "refresh_token")?,
            access_issued_at: json.take("access_issued_at").text_or_null()?,
            access_expiration: json.take("access_expiration").text_or_null()?,
            refresh_expiration: json.take("refresh_expiration").text_or_null()?,
            session_expiration: json.take("session_expiration").text_or_null()?,
            user: match json.take("user") {
                Json::Null => None,
                user => Some(read_user(user)?),
            },
        })
    }
}

/// Reads a user as dj-rest-auth describes them. Their primary key is a number or a text.
pub(super) fn read_user(mut json: Json<'_>) -> Option<User> {
    let id = match json.take("pk") {
        Json::Null => json.take("id"),
        pk => pk,
    };
    let id = match id {
        Json::Number(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => number.to_owned(),
        id => id.into_text()?,
    };
    let mut user = User::new(id, json.take("username").into_text()?);
    user.email = json.take("email").text_or_null()?.unwrap_or_default();
    user.first_name = json.take("first_name").text_or_null()?.unwrap_or_default();
    user.last_name = json.take("last_name").text_or_null()?.unwrap_or_default();
    Some(user)
}

/// A JSON object of texts. All bodies are such, and one function writes them in less code than a type for each.
pub(super) fn object(fields: &[(&str, &str)]) -> String {
    JsonWriter::write(|json| fields.iter().for_each(|(name, value)| json.name(name).text(value)))
}

/// What the backend needs to trade an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
pub(crate) struct CodeExchange {
    pub(crate) code: String,
    pub(crate) code_verifier: String,
    pub(crate) redirect_uri: String,
    pub(crate) nonce: String,
}

impl CodeExchange {
    pub(super) fn body(&self) -> String {
        object(&[
            ("code", &self.code),
            ("code_verifier", &self.code_verifier),
            ("redirect_uri", &self.redirect_uri),
            ("nonce", &self.nonce),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_fields_are_an_empty_object() {
        assert_eq!(object(&[]), "{}");
    }

    fn read(json: &str) -> Option<TokenAnswer> {
        Json::parse(json.as_bytes()).ok().and_then(TokenAnswer::read)
    }

    #[test]
    fn a_login_of_dj_rest_auth_3_0_is_read_like_one_of_today() {
        let old = read(r#"{"access_token":"a","refresh_token":"r","user":{"pk":7,"username":"demo"}}"#).unwrap();
        assert_eq!((old.access.as_str(), old.refresh.as_str()), ("a", "r"));
        assert_eq!(old.user.unwrap().id, "7");
    }

    #[test]
    fn a_user_without_e_mail_and_names_is_a_user() {
        let user = read(r#"{"user":{"pk":"x","username":"demo","email":null}}"#).unwrap().user.unwrap();
        assert_eq!(user, User::new("x", "demo"));
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
