//! The sessions whose cookies the browser holds, as yew-auth-django lists them.

use serde_json::value::RawValue;

use crate::dialect::{ApiResponse, JsonObject, read_user};
use crate::json;
use yew_auth_session::{FoundSession, SessionId};

/// The sessions, in the answer's order; `None` if one of them cannot be read.
pub(super) fn read(response: &ApiResponse) -> Option<Vec<FoundSession>> {
    let object = response.object()?;
    let sessions: Vec<&RawValue> = json::read(object.raw("sessions")?).ok()?;
    sessions.into_iter().map(|session| found(&JsonObject::read(session.get())?)).collect()
}

fn found(object: &JsonObject<'_>) -> Option<FoundSession> {
    Some(FoundSession {
        session: SessionId::new(object.text("session_id")?).ok()?,
        user: read_user(object.raw("user")?)?,
        signed_in_at: object.date("signed_in_at"),
        access_issued_at: object.date("access_issued_at"),
        access_expires_at: object.date("access_expiration"),
        refresh_expires_at: object.date("refresh_expiration"),
        session_ends_at: object.date("session_expiration"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use yew_auth_session::User;

    fn sessions(json: &str) -> Option<Vec<FoundSession>> {
        read(&ApiResponse::new(200, json))
    }

    #[test]
    fn the_sessions_of_the_browser_are_read_in_their_order() {
        let (one, two) = ("1".repeat(32), "2".repeat(32));
        let found = sessions(&format!(
            r#"{{"sessions":[
                {{"session_id":"{two}","user":{{"pk":2,"username":"grace"}},"access_issued_at":null}},
                {{"session_id":"{one}","user":{{"pk":1,"username":"demo"}}}}
            ]}}"#
        ))
        .unwrap();
        assert_eq!(found.iter().map(|found| found.session.as_str()).collect::<Vec<_>>(), [&two, &one]);
        assert_eq!((found[0].user.id.as_str(), found[0].user.username.as_str()), ("2", "grace"));
        assert_eq!(found[0].access_issued_at, None);
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
    fn the_whole_user_is_kept() {
        let id = "1".repeat(32);
        let found = sessions(&format!(r#"{{"sessions":[{{"session_id":"{id}","user":{{"pk":1,"plan":"gold"}}}}]}}"#));
        let mut expected = User::new("1", "");
        expected.details = r#"{"pk":1,"plan":"gold"}"#.to_owned();
        assert_eq!(found.unwrap()[0].user, expected);
    }
}
