//! How the tokens travel between the page and its backend.

/// One of the two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// In cookies that no script can read.
    Cookie,
    /// In the page's hands.
    Bearer,
}

/// Makes two tests of each named function, which is given the page: one over cookies, one over bearer tokens.
macro_rules! over_both_transports {
    ($($test:ident),+ $(,)?) => {
        mod over_cookies {
            $(#[wasm_bindgen_test::wasm_bindgen_test]
            async fn $test() {
                super::$test(crate::page::Page::open_over(crate::transport::Transport::Cookie).await).await;
            })+
        }
        mod over_bearer_tokens {
            $(#[wasm_bindgen_test::wasm_bindgen_test]
            async fn $test() {
                super::$test(crate::page::Page::open_over(crate::transport::Transport::Bearer).await).await;
            })+
        }
    };
}

pub(crate) use over_both_transports;
