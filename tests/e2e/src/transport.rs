//! How the tokens travel between the app and the backend.

/// A transport. Each has a build of the app and a mode of the backend.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Transport {
    /// `HttpOnly` cookies: the app's default.
    #[default]
    Cookie,
    /// Bearer tokens, which the page holds.
    Bearer,
}

impl Transport {
    /// The backend's `COOKIE_MODE`.
    pub(crate) fn cookie_mode(self) -> &'static str {
        match self {
            Self::Cookie => "1",
            Self::Bearer => "0",
        }
    }
}

/// Turns each named function, which takes the scenario to start from, into two tests: one over cookies, one over bearer
/// tokens.
#[macro_export]
macro_rules! over_both_transports {
    ($($test:ident),+ $(,)?) => {
        mod over_cookies {
            $(#[test]
            fn $test() -> ::anyhow::Result<()> {
                super::$test($crate::Scenario::new())
            })+
        }
        mod over_bearer_tokens {
            $(#[test]
            fn $test() -> ::anyhow::Result<()> {
                super::$test($crate::Scenario::bearer())
            })+
        }
    };
}
