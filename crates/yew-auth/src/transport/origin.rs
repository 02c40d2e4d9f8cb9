//! The origin of the backend.

use std::error::Error;
use std::fmt;

use super::path::ApiPath;

/// The origin of the backend: a scheme, a host and an optional port.
///
/// # Example
///
/// ```
/// use yew_auth::Origin;
///
/// assert!(Origin::new("https://api.example").is_ok());
/// assert!(Origin::new("https://api.example/v1").is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin(String);

/// The text is not an origin: a scheme (`http` or `https`), a host and an optional port, with nothing after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidOrigin;

impl Origin {
    /// The page's own origin.
    #[must_use]
    pub fn same_origin() -> Self {
        Self::default()
    }

    /// Another origin, such as `https://api.example`.
    ///
    /// # Errors
    /// When the text is not an origin.
    pub fn new(origin: &str) -> Result<Self, InvalidOrigin> {
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).ok_or(InvalidOrigin)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        if host.is_empty() || !host.bytes().all(plain) {
            return Err(InvalidOrigin);
        }
        Ok(Self(origin.to_owned()))
    }

    /// Whether it is another one than the page's.
    pub(crate) fn is_another_than(&self, page: Option<&str>) -> bool {
        !self.0.is_empty() && Some(self.0.as_str()) != page
    }

    /// Empty for the page's own.
    #[cfg(feature = "dpop")]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn url(&self, path: &ApiPath) -> String {
        self.0.clone() + path.as_str()
    }
}

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not an origin (a scheme, a host and an optional port)")
    }
}

impl Error for InvalidOrigin {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_own_origin_is_no_other_one() {
        let page = Some("https://app.example");
        assert!(!Origin::same_origin().is_another_than(page));
        assert!(!Origin::new("https://app.example").unwrap().is_another_than(page));
        assert!(Origin::new("https://api.example").unwrap().is_another_than(page));
    }

    #[test]
    fn an_origin_is_a_scheme_a_host_and_an_optional_port() {
        for origin in ["https://api.example", "http://127.0.0.1:8021", "http://[::1]:80"] {
            assert!(Origin::new(origin).is_ok(), "{origin}");
        }
        for text in [
            "",
            "https://",
            "api.example",
            "https://api.example/",
            "https://a@b",
            "ftp://x",
            "https://a b",
            "https://a?b",
        ] {
            assert_eq!(Origin::new(text), Err(InvalidOrigin), "{text}");
        }
    }
}
