//! How long nobody may do anything before the session ends.

use std::time::Duration;

use yew_auth::RefreshPolicy;

use crate::document::document;

/// The policy of the app. Whoever deploys it may set a limit in `index.html`, in seconds:
/// `<meta name="idle-limit" content="900">`. By default there is none: nobody is sent away for reading slowly.
pub fn policy() -> RefreshPolicy {
    let mut policy = RefreshPolicy::default();
    policy.idle_limit = written().filter(|secs| *secs > 0).map(Duration::from_secs);
    policy
}

fn written() -> Option<u64> {
    let meta = document()?.query_selector("meta[name=idle-limit]").ok()??;
    meta.get_attribute("content")?.trim_ascii().parse().ok()
}
