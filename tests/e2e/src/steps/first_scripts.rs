//! Scripts for [`Scenario::first_script`](crate::Scenario::first_script) that several tests share.

/// Adds an idle limit of 20 seconds to the page's head, as an operator adds it to `index.html`.
pub const IDLE_LIMIT: &str = "
    new MutationObserver((_, observer) => {
        if (!document.head) return;
        const meta = document.createElement('meta');
        meta.name = 'idle-limit';
        meta.content = '20';
        document.head.append(meta);
        observer.disconnect();
    }).observe(document, {childList: true, subtree: true});
";

/// Has the app bind its session to a key.
pub const DPOP: &str = "
    new MutationObserver((_, observer) => {
        if (!document.head) return;
        const meta = document.createElement('meta');
        meta.name = 'dpop';
        document.head.append(meta);
        observer.disconnect();
    }).observe(document, {childList: true, subtree: true});
";

/// Makes the first `times` requests of the second module fail.
#[must_use]
pub fn lose_second_module(times: u32) -> String {
    lose("/lazy-", times)
}

/// Makes the first `times` requests of its stylesheet fail.
#[must_use]
pub fn lose_second_stylesheet(times: u32) -> String {
    lose("/pages-", times)
}

fn lose(part: &str, times: u32) -> String {
    format!(
        "const reach = window.fetch;
         let lost = {times};
         window.fetch = (what, ...rest) =>
           String(what).includes('{part}') && lost-- > 0 ? Promise.reject(new TypeError('lost')) : reach(what, ...rest);"
    )
}
