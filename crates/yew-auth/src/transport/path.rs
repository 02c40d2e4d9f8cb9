//! A path of the API.

use std::error::Error;
use std::fmt;

/// A path and query of the API, such as `/api/posts/?page=2`. It cannot lead to another origin or to a parent folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiPath(String);

/// The text is not a path of the API: requests with credentials are not sent to it.
///
/// A path starts with a single `/`. Dot segments, backslashes, control characters, a fragment and encoded separators are
/// refused, because browsers and servers read them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPath;

/// The dot segments of a path (WHATWG URL, section 4.3).
const DOT_SEGMENTS: [&str; 6] = [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"];

impl ApiPath {
    /// Checks a path.
    pub(crate) fn new(path: &str) -> Result<Self, InvalidPath> {
        let before_query = path.split('?').next().unwrap_or_default();
        let is_plain = path.bytes().all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\' && byte != b'#');
        let is_rooted = path.starts_with('/') && !path.starts_with("//");
        let is_dots = |segment: &str| DOT_SEGMENTS.iter().any(|dots| segment.eq_ignore_ascii_case(dots));
        let has_dots = before_query.split('/').any(is_dots);
        let hides_separator = ["%2f", "%5c", "//"].iter().any(|part| contains_ignore_case(before_query, part));
        if is_plain && is_rooted && !has_dots && !hides_separator {
            Ok(Self(path.to_owned()))
        } else {
            Err(InvalidPath)
        }
    }

    /// The path as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether `part` is in `text`, in upper or lower case.
pub(crate) fn contains_ignore_case(text: &str, part: &str) -> bool {
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
    fn a_path_of_the_api_is_unchanged() {
        for path in ["/", "/api/posts/", "/api/posts/?page=2&q=a%2Fb//..", "/a.b/c..d/"] {
            assert_eq!(ApiPath::new(path).map(|path| path.0), Ok(path.to_owned()));
        }
    }

    #[test]
    fn t2_a_path_that_could_lead_to_another_origin_is_refused() {
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
        fn t2_an_accepted_path_starts_with_one_slash_and_has_no_parent_folder(path in "\\PC{0,30}") {
            if let Ok(path) = ApiPath::new(&path) {
                prop_assert!(path.as_str().starts_with('/') && !path.as_str().starts_with("//"));
                prop_assert!(!path.as_str().split('?').next().unwrap_or_default().contains("/../"));
            }
        }
    }
}
