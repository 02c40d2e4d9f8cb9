//! A search among the posts.

use super::post::{Post, Posts};

/// A text and an author to look for; either may be left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostQuery {
    /// As it was typed.
    pub text: String,
    pub author: Option<u64>,
}

impl PostQuery {
    /// Whether it leaves everything open, and finds every post.
    pub fn is_empty(&self) -> bool {
        self.author.is_none() && self.text.trim().is_empty()
    }

    /// The posts by the author whose title or body contains the text, whatever the case.
    pub fn matches(&self) -> impl Fn(&Post) -> bool {
        let (text, author) = (lower_case(self.text.trim()), self.author);
        move |post| {
            let contains = |part: &str| lower_case(part).contains(&text);
            author.is_none_or(|author| author == post.user_id)
                && (text.is_empty() || contains(&post.title) || contains(&post.body))
        }
    }

    pub fn has_no_matches(&self, posts: &Posts) -> bool {
        let matches = self.matches();
        !self.is_empty() && !posts.iter().any(|post| matches(post))
    }
}

// The browser has Unicode's tables. std's would be in the first module.
#[cfg(target_family = "wasm")]
fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(not(target_family = "wasm"))]
fn lower_case(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::post::tests::{ids, posts};
    use super::*;

    fn query(text: &str, author: Option<u64>) -> PostQuery {
        PostQuery { text: text.to_owned(), author }
    }

    fn found(query: &PostQuery) -> Vec<u64> {
        ids(&posts(1..=12).filter(query.matches()))
    }

    #[test]
    fn an_empty_search_finds_every_post() {
        for query in [query("", None), query("  ", None)] {
            assert!(query.is_empty());
            assert_eq!(found(&query), Vec::from_iter(1..=12));
            assert!(!query.has_no_matches(&posts([])));
        }
    }

    #[test]
    fn a_text_is_found_in_title_and_body_whatever_its_case() {
        assert_eq!(found(&query("TITLE 1", None)), [1, 10, 11, 12]);
        assert_eq!(found(&query(" body 12 ", None)), [12]);
        let umlaut = Post { id: 1, user_id: 1, title: "Übung".to_owned(), body: String::new() };
        assert!(query("übung", None).matches()(&umlaut));
    }

    #[test]
    fn text_and_author_both_have_to_match() {
        assert_eq!(found(&query("", Some(2))), [2, 5, 8, 11]);
        assert_eq!(found(&query("title 1", Some(2))), [11]);
    }

    #[test]
    fn a_search_without_matches_says_so() {
        assert!(query("nowhere", None).has_no_matches(&posts(1..=3)));
        assert!(query("", Some(7)).has_no_matches(&posts(1..=3)));
        assert!(!query("title", None).has_no_matches(&posts(1..=3)));
    }
}
