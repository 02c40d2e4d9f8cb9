//! How tokens travel between the page and its backend.

/// What proves a session to the backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// In cookies that are named after their session.
    Cookie,
    /// In cookies with the same names in every session.
    FixedCookie,
    /// The page holds them.
    Bearer,
}

/// Makes three tests of each named function, one for each transport. The function gets the page.
macro_rules! over_each_transport {
    ($($test:ident),+ $(,)?) => {
        mod over_cookies {
            $(#[wasm_bindgen_test::wasm_bindgen_test]
            async fn $test() {
                super::$test(crate::page::Page::open_over(crate::transport::Transport::Cookie).await).await;
            })+
        }
        mod over_fixed_cookies {
            $(#[wasm_bindgen_test::wasm_bindgen_test]
            async fn $test() {
                super::$test(crate::page::Page::open_over(crate::transport::Transport::FixedCookie).await).await;
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

pub(crate) use over_each_transport;
