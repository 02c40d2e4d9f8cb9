//! Cookies that scripts may read.

use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// Is written and read to find out whether cookies are kept, and is gone at once.
const PROBE: &str = "yew-auth-probe";

/// The value of the cookie of this name, if a script may read it.
pub(crate) fn value(name: &str) -> Option<String> {
    if cfg!(not(target_family = "wasm")) {
        return None;
    }
    find(&document()?.cookie().ok()?, name).map(str::to_owned)
}

/// Whether the browser keeps cookies of this page. `navigator.cookieEnabled` does not tell: it is true in a Chromium whose
/// settings block them, and in a frame of another site.
pub(crate) fn are_kept() -> bool {
    let Some(document) = document() else { return true };
    // What throws keeps none.
    let _ = document.set_cookie(&format!("{PROBE}=1; Path=/; SameSite=Strict"));
    let is_kept = value(PROBE).is_some();
    let _ = document.set_cookie(&format!("{PROBE}=; Path=/; SameSite=Strict; Max-Age=0"));
    is_kept
}

fn document() -> Option<HtmlDocument> {
    web_sys::window()?.document()?.dyn_into().ok()
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
