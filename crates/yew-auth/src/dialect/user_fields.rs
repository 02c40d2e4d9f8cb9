//! Reads a user from a JSON object.

use super::JsonObject;
use yew_auth_session::User;

/// The longest description of a user that is kept, in bytes: it is stored with the session, and browsers store about
/// 5 MB for an origin.
const MAX_DETAILS: usize = 32 * 1024;

const IDS: [&str; 6] = ["pk", "id", "user_id", "userId", "uuid", "sub"];
const USERNAMES: [&str; 3] = ["username", "preferred_username", "login"];
const FIRST_NAMES: [&str; 3] = ["first_name", "firstName", "given_name"];
const LAST_NAMES: [&str; 3] = ["last_name", "lastName", "family_name"];
const FULL_NAMES: [&str; 4] = ["name", "full_name", "display_name", "display"];

/// The user that an object describes, under the names that Django, OpenID Connect (Core section 5.1) and most others use.
/// `None` if it has no id.
///
/// # Example
///
/// ```
/// use yew_auth::dialect::read_user;
///
/// let user = read_user(r#"{"id": 7, "username": null, "email": "ada@example.test"}"#).unwrap();
/// assert_eq!((user.id.as_str(), user.display_name().as_str()), ("7", "ada@example.test"));
/// assert_eq!(read_user(r#"{"username": "ada"}"#), None);
/// ```
#[must_use]
pub fn read_user(json: &str) -> Option<User> {
    let object = JsonObject::read(json)?;
    let id = IDS.iter().find_map(|name| object.id(name))?;
    let first = |names: &[&str]| names.iter().find_map(|name| object.text(name)).unwrap_or_default();
    let mut user = User::new(id, first(&USERNAMES));
    user.email = object.text("email").unwrap_or_default();
    user.first_name = first(&FIRST_NAMES);
    user.last_name = first(&LAST_NAMES);
    user.full_name = first(&FULL_NAMES);
    if json.len() <= MAX_DETAILS {
        json.clone_into(&mut user.details);
    }
    Some(user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_known_by_any_of_the_usual_ids() {
        for (json, id) in [
            (r#"{"pk":7}"#, "7"),
            (r#"{"id":"x"}"#, "x"),
            (r#"{"pk":null,"id":"x"}"#, "x"),
            (r#"{"userId":"7e57"}"#, "7e57"),
            (r#"{"uuid":"2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"}"#, "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"),
            (r#"{"user_id":18446744073709551615}"#, "18446744073709551615"),
        ] {
            assert_eq!(read_user(json).unwrap().id, id, "{json}");
        }
    }

    #[test]
    fn x3_an_id_is_a_whole_number_or_a_text() {
        for pk in ["-1", "1.5", "1e400", "18446744073709551616", "null", "[]", "{}", "true", r#""\ud800""#, r#""""#] {
            assert_eq!(read_user(&format!(r#"{{"pk":{pk},"username":"demo"}}"#)), None, "{pk}");
        }
        assert_eq!(read_user(r#"{"pk":1,"pk":2,"username":"demo"}"#), None, "two keys");
    }

    #[test]
    fn c17_a_user_without_a_username_goes_by_their_name_or_address() {
        let user = read_user(r#"{"id":1,"username":null,"email":null,"name":"Ada L."}"#).unwrap();
        assert_eq!((user.username.as_str(), user.display_name().as_str()), ("", "Ada L."));
        assert_eq!(read_user(r#"{"id":1,"email":"a@b.test"}"#).unwrap().display_name(), "a@b.test");
        assert_eq!(read_user(r#"{"id":1}"#).unwrap().display_name(), "1");
    }

    #[test]
    fn the_whole_object_is_kept_as_it_came() {
        let json = r#"{"id": 7, "plan":"gold",  "teams":[1,2.50]}"#;
        assert_eq!(read_user(json).unwrap().details, json);
    }

    #[test]
    fn what_is_too_long_to_be_stored_is_dropped_and_the_known_fields_stay() {
        let json = format!(r#"{{"id":7,"username":"demo","more":"{}"}}"#, "x".repeat(MAX_DETAILS));
        let user = read_user(&json).unwrap();
        assert_eq!((user.username.as_str(), user.details.as_str()), ("demo", ""));
    }
}
