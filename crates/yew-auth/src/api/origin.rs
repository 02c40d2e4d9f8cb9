//! Where the API is.

use std::error::Error;
use std::fmt;

use super::path::ApiPath;

/// The origin of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin(String);

/// The text is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidOrigin;

impl Origin {
    /// The page's own origin.
    #[must_use]
    pub fn same_origin() -> Self {
        Self::default()
    }

    /// Another origin, such as `https://api.example`: a scheme, a host and perhaps a port, nothing after them.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn new(origin: &str) -> Result<Self, InvalidOrigin> {
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).ok_or(InvalidOrigin)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        if host.is_empty() || !host.bytes().all(plain) {
            return Err(InvalidOrigin);
        }
        Ok(Self(origin.to_owned()))
    }

    pub(super) fn url(&self, path: &ApiPath) -> String {
        self.0.clone() + path.as_str()
    }
}

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not an origin, which is a scheme, a host and perhaps a port")
    }
}

impl Error for InvalidOrigin {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_perhaps_a_port() {
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
