//! Where to go after a sign-in: always a page of this app.

use serde::{Deserialize, Serialize};

use crate::transport::contains_ignore_case;

/// A path of this app, with its query. Any text that could lead to another origin becomes `/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ReturnPath(String);

impl ReturnPath {
    /// Checks a path. Anything that is not a plain path of this app becomes `/`.
    ///
    /// # Example
    ///
    /// ```
    /// use yew_auth::ReturnPath;
    ///
    /// assert_eq!(ReturnPath::new("/posts?page=2").as_str(), "/posts?page=2");
    /// assert_eq!(ReturnPath::new("//evil.example").as_str(), "/");
    /// ```
    #[must_use]
    pub fn new(path: &str) -> Self {
        // Browsers read a backslash as a slash, and drop tabs and line feeds anywhere (WHATWG URL, section 4.4).
        let plain =
            !path.chars().any(|character| character == '\\' || character.is_control() || character.is_whitespace());
        let ours = path.starts_with('/') && !path.starts_with("//");
        Self(if plain && ours && !hides_a_host(path) { path.to_owned() } else { "/".to_owned() })
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether it starts with encoded characters that a router or a server may decode into a second slash.
fn hides_a_host(path: &str) -> bool {
    let start: String = path.chars().take(12).collect();
    ["%2f", "%5c", "%09", "%0a", "%0d", "/.//", "/..//"].iter().any(|part| contains_ignore_case(&start, part))
}

impl From<String> for ReturnPath {
    fn from(path: String) -> Self {
        Self::new(&path)
    }
}

impl From<ReturnPath> for String {
    fn from(path: ReturnPath) -> Self {
        path.0
    }
}

impl Default for ReturnPath {
    fn default() -> Self {
        Self::new("/")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn o10_a_text_that_could_lead_to_another_origin_becomes_the_root() {
        let evil = [
            "",
            "//e",
            "/\\e",
            "\\\\e",
            "/%09/e",
            "/\t/e",
            "/%0a/e",
            "/%2f/e",
            "/%5Ce",
            "https://app.evil",
            "javascript:alert(1)",
            "data:text/html,x",
            "posts",
            " /posts",
            "/ /e",
            "/.//e",
            "/..//e",
            "\u{0}/",
            "/\u{0}/e",
            "/\u{2028}/e",
            "/\u{a0}/e",
            "/%2F%2Fe",
            "/%5c%5ce",
            "/%0D%0ALocation:e",
            "\u{feff}//e",
            "http:/e",
            "http:e",
            "ftp://e",
            "?//e",
            "#//e",
            "@e",
            "..//e",
            "\u{ff0f}\u{ff0f}e",
        ];
        for path in evil {
            assert_eq!(ReturnPath::new(path).as_str(), "/", "{path:?}");
        }
    }

    #[test]
    fn a_path_of_this_app_is_unchanged() {
        for path in ["/", "/posts", "/posts?q=a%20b#c", "/é"] {
            assert_eq!(ReturnPath::new(path).as_str(), path);
        }
    }

    #[test]
    fn o10_a_stored_path_is_checked_again() {
        assert_eq!(serde_json::from_str::<ReturnPath>(r#""//evil""#).unwrap().as_str(), "/");
    }

    proptest! {
        #[test]
        fn o10_no_text_leads_to_another_origin(path in prop_oneof![any::<String>(), "[/\\\\.%\t\n a-f0-9:?#@]{0,12}"]) {
            let path = ReturnPath::new(&path);
            // A browser drops these first, and reads a backslash as a slash.
            let read: String = path.as_str().chars().filter(|c| !"\t\n\r".contains(*c)).collect();
            prop_assert!(read.starts_with('/') && !read.replace('\\', "/").starts_with("//"));
            prop_assert_eq!(ReturnPath::new(path.as_str()), path);
        }
    }
}
