//! Who is signed in.

use serde::{Deserialize, Serialize};

/// The person a session belongs to, as dj-rest-auth describes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The primary key, as text: a UUID with the project's backend, a number with a stock one.
    pub id: String,
    /// The name they sign in with.
    pub username: String,
    /// Their e-mail address; empty when the backend does not say.
    #[serde(default)]
    pub email: String,
    /// Given name, possibly empty.
    #[serde(default)]
    pub first_name: String,
    /// Family name, possibly empty.
    #[serde(default)]
    pub last_name: String,
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
        }
    }

    /// What to call them: the full name where there is one, else the username.
    #[must_use]
    pub fn display_name(&self) -> String {
        let full = self.first_name.trim_ascii().to_owned() + " " + self.last_name.trim_ascii();
        match full.trim_ascii() {
            "" => self.username.clone(),
            full => full.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_without_a_name_goes_by_their_username() {
        let mut user = User::new("1", "demo");
        assert_eq!(user.display_name(), "demo");
        user.last_name = "Person".to_owned();
        assert_eq!(user.display_name(), "Person");
        user.first_name = " Demo ".to_owned();
        assert_eq!(user.display_name(), "Demo Person");
    }
}
