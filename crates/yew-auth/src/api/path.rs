//! A path of the API that credentials may be sent to.

use std::error::Error;
use std::fmt;

/// A path and query of the API, such as `/api/posts/?page=2`. It can lead to no other origin and climb nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ApiPath(String);

/// The text is no path of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPath;

/// How a browser's address may spell one's own folder and the one above (WHATWG URL, 4.3).
const DOT_SEGMENTS: [&str; 6] = [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"];

impl ApiPath {
    /// Checks a path.
    ///
    /// # Errors
    /// When it is an absolute URL, does not start with a single `/`, has a dot segment, or a backslash, control
    /// character, fragment or encoded separator in it, which browsers and servers read differently.
    pub fn new(path: &str) -> Result<Self, InvalidPath> {
        let before_query = path.split('?').next().unwrap_or_default();
        let plain = path.bytes().all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\' && byte != b'#');
        let rooted = path.starts_with('/') && !path.starts_with("//");
        let is_dots = |segment: &str| DOT_SEGMENTS.iter().any(|dots| segment.eq_ignore_ascii_case(dots));
        let climbs = before_query.split('/').any(is_dots);
        let hides = ["%2f", "%5c", "//"].iter().any(|part| has(before_query, part));
        if plain && rooted && !climbs && !hides { Ok(Self(path.to_owned())) } else { Err(InvalidPath) }
    }

    /// A path of this crate's own, known to be good.
    pub(crate) fn literal(path: &'static str) -> Self {
        debug_assert!(Self::new(path).is_ok());
        Self(path.to_owned())
    }

    /// A path below this one, which ends with a slash.
    pub(super) fn join(&self, endpoint: &str) -> Result<Self, InvalidPath> {
        Self::new(&(self.0.clone() + endpoint))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether `part` is in `text`, be it in capitals or not. The standard library's search is made for long texts, and long.
pub(crate) fn has(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not a path of the api")
    }
}

impl Error for InvalidPath {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_of_the_api_are_taken_as_they_are() {
        for path in ["/", "/api/posts/", "/api/posts/?page=2&q=a%2Fb//..", "/a.b/c..d/"] {
            assert_eq!(ApiPath::new(path).map(|path| path.0), Ok(path.to_owned()));
        }
    }

    #[test]
    fn t2_what_could_lead_to_another_origin_is_refused() {
        let evil = [
            "",
            "api/",
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "/a//b",
            "/..",
            "/../x",
            "/a/../b",
            "/a/./b",
            "/%2e%2e/x",
            "/a/%2E./b",
            "/..%2f",
            "/a%2fb",
            "/a%5Cb",
            "/a b",
            "/a\tb",
            "/a\nb",
            "/é",
            "/a#b",
            "javascript:alert(1)",
            "/\u{0}",
        ];
        for path in evil {
            assert_eq!(ApiPath::new(path), Err(InvalidPath), "{path:?}");
        }
    }

    proptest! {
        #[test]
        fn t2_whatever_is_taken_starts_with_one_slash_and_climbs_nowhere(path in "\\PC{0,30}") {
            if let Ok(path) = ApiPath::new(&path) {
                prop_assert!(path.as_str().starts_with('/') && !path.as_str().starts_with("//"));
                prop_assert!(!path.as_str().split('?').next().unwrap_or_default().contains("/../"));
            }
        }
    }
}
