//! Single facts, each in the simplest hour that shows it.

/// Makes two tests of each named function: one over cookies, one over bearer tokens.
macro_rules! over_both_transports {
    ($($test:ident),+ $(,)?) => {
        mod over_cookies {
            $(#[test]
            fn $test() {
                crate::transport::over(crate::transport::Transport::Cookie, super::$test);
            })+
        }
        mod over_bearer_tokens {
            $(#[test]
            fn $test() {
                crate::transport::over(crate::transport::Transport::Bearer, super::$test);
            })+
        }
    };
}

mod clocks;
mod cookies;
mod ends;
mod refreshes;
mod sign_outs;
mod storage;
mod tabs;
mod transient_failures;
