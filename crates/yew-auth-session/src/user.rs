//! Who is signed in.

use serde::{Deserialize, Serialize};

/// The person a session belongs to, as the backend describes them. A text that the backend does not give is empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The primary key, as text: a UUID with the project's backend, a number with a stock one.
    pub id: String,
    /// The name they sign in with, if they have one.
    pub username: String,
    /// Their e-mail address.
    #[serde(default)]
    pub email: String,
    /// Given name.
    #[serde(default)]
    pub first_name: String,
    /// Family name.
    #[serde(default)]
    pub last_name: String,
    /// The whole name, where the backend keeps it in one piece.
    #[serde(default)]
    pub full_name: String,
    /// Everything the backend says about them: a JSON object, as it came. Empty when it is too long to be kept.
    #[serde(default)]
    pub details: String,
}

impl User {
    /// A user known by primary key and username alone.
    #[must_use]
    pub fn new(id: impl Into<String>, username: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            username: username.into(),
            email: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            full_name: String::new(),
            details: String::new(),
        }
    }

    /// What to call them: their name where there is one, else the username, the e-mail address or the id.
    #[must_use]
    pub fn display_name(&self) -> String {
        let both = self.first_name.trim_ascii().to_owned() + " " + self.last_name.trim_ascii();
        let names = [both.trim_ascii(), self.full_name.trim_ascii(), &self.username, &self.email];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or(&self.id).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_goes_by_their_name_or_else_by_username_e_mail_address_or_id() {
        let mut user = User::new("1", "");
        assert_eq!(user.display_name(), "1");
        user.email = "demo@example.test".to_owned();
        assert_eq!(user.display_name(), "demo@example.test");
        user.username = "demo".to_owned();
        assert_eq!(user.display_name(), "demo");
        user.full_name = "Demo P.".to_owned();
        assert_eq!(user.display_name(), "Demo P.");
        user.last_name = "Person".to_owned();
        assert_eq!(user.display_name(), "Person");
        user.first_name = " Demo ".to_owned();
        assert_eq!(user.display_name(), "Demo Person");
    }
}
