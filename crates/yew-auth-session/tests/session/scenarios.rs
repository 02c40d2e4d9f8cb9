//! Single facts, each in the simplest hour that shows it.

/// Makes three tests of each named function: over cookies that are named after their session, over cookies with fixed
/// names, and over bearer tokens.
macro_rules! over_every_transport {
    ($($test:ident),+ $(,)?) => {
        mod over_session_cookies {
            $(#[test]
            fn $test() {
                crate::transport::over(yew_auth_session::CredentialKind::SessionCookie, super::$test);
            })+
        }
        mod over_cookies {
            $(#[test]
            fn $test() {
                crate::transport::over(yew_auth_session::CredentialKind::Cookie, super::$test);
            })+
        }
        mod over_bearer_tokens {
            $(#[test]
            fn $test() {
                crate::transport::over(yew_auth_session::CredentialKind::Bearer, super::$test);
            })+
        }
    };
}

/// Makes a test of each body, over one transport.
macro_rules! over_only {
    ($kind:ident: $($name:ident $body:block)+) => {
        $(#[test]
        fn $name() {
            crate::transport::over(yew_auth_session::CredentialKind::$kind, || $body);
        })+
    };
}

mod clocks;
mod confirmed_tokens;
mod cookies;
mod doubted_clocks;
mod ends;
mod found_by_seeds;
mod idleness;
mod network;
mod one_person_after_another;
mod page_starts;
mod refresh_token_ends;
mod refreshes;
mod refused_tokens;
mod session_cookies;
mod shared_record;
mod sign_outs;
mod small_clock_moves;
mod storage;
mod tabs;
mod transient_failures;
