//! What a person has the browser keep.

/// What the browser keeps of a visit, as its person has set or chosen it before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Privacy {
    /// What it keeps unless somebody changes that.
    #[default]
    Usual,
    /// It keeps no cookies.
    CookiesBlocked,
    /// It forgets everything at the end of the visit. WebKitWebDriver opens no other windows than such.
    PrivateWindow,
}
