//! The page's address.

use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// The origin, as in `https://app.example`.
pub(crate) fn origin() -> Option<String> {
    web_sys::window()?.location().origin().ok()
}

/// The address of a path of this origin; other addresses as they are. The page's own address may hold a name and a password,
/// and `fetch` refuses a path that is relative to such an address (Fetch standard, section 5.4).
pub(crate) fn absolute(url: &str) -> String {
    // The origin of a page without one of its own is "null".
    let origin = origin().filter(|origin| url.starts_with('/') && origin != "null");
    origin.unwrap_or_default() + url
}

/// The path of the folder that the page's addresses are relative to, with a slash at its end: that of its `<base>`, or `/`.
pub(crate) fn base_path() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let base = document.and_then(|document| document.query_selector("base[href]").ok().flatten()?.base_uri().ok()?);
    let path = base.and_then(|base| web_sys::Url::new(&base).ok()).map(|url| url.pathname());
    path.and_then(|path| Some(path[..=path.rfind('/')?].to_owned())).unwrap_or_else(|| "/".to_owned())
}

/// The parameters of a query. A name may occur more than once.
pub(crate) struct Query(Option<UrlSearchParams>);

impl Query {
    /// The query of the page's address.
    pub(crate) fn of_page() -> Self {
        let search = web_sys::window().and_then(|window| window.location().search().ok());
        Self(search.and_then(|search| UrlSearchParams::new_with_str(&search).ok()))
    }

    /// The fragment of the page's address, read as a query. Browsers do not send it to servers.
    pub(crate) fn of_fragment() -> Self {
        let hash = web_sys::window().and_then(|window| window.location().hash().ok());
        let text = hash.as_deref().map(|hash| hash.trim_start_matches('#'));
        Self(text.and_then(|text| UrlSearchParams::new_with_str(text).ok()))
    }

    /// The first value of `name`, unless it is empty.
    pub(crate) fn first(&self, name: &str) -> Option<String> {
        self.0.as_ref()?.get(name).filter(|value| !value.is_empty())
    }

    /// All values of `name`, in order.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let Some(params) = &self.0 else { return Vec::new() };
        params.get_all(name).iter().filter_map(|value| value.as_string()).collect()
    }
}

/// Removes the query and the fragment from the address and from the history.
pub(crate) fn forget_query() {
    if let Some(window) = web_sys::window()
        && let (Ok(history), Ok(path)) = (window.history(), window.location().pathname())
    {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}

/// Navigates to `url`.
pub(crate) fn leave_for(url: &str) -> Result<(), JsValue> {
    match web_sys::window() {
        Some(window) => window.location().assign(url),
        None => Err(JsValue::NULL),
    }
}

/// Reloads the page.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// An address with these parameters after those that it has.
pub(crate) fn with_query(url: &str, query: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}{query}")
}

/// A query string of these parameters, percent-encoded.
pub(crate) fn encode_query(params: &[(&str, &str)]) -> String {
    let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
    let pairs: Vec<String> = params.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    pairs.join("&")
}
