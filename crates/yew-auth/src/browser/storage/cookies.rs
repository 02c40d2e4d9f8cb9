//! Cookies that scripts may read.

use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// The value of the cookie of this name, if a script may read it.
pub(crate) fn value(name: &str) -> Option<String> {
    if cfg!(not(target_family = "wasm")) {
        return None;
    }
    let document: HtmlDocument = web_sys::window()?.document()?.dyn_into().ok()?;
    find(&document.cookie().ok()?, name).map(str::to_owned)
}

fn find<'a>(cookies: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim_ascii().split_once('='));
    pairs.find(|(other, _)| *other == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let cookies = "xcsrftoken=a; csrftoken=b=c;d=e";
        assert_eq!(
            (find(cookies, "csrftoken"), find(cookies, "d"), find(cookies, "e")),
            (Some("b=c"), Some("e"), None)
        );
        assert_eq!(find("", "csrftoken"), None);
    }
}
