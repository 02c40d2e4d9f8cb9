//! How the tokens travel between the app and the backend.

/// One of the two ways, each with a build of the app and a mode of the backend.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Transport {
    /// In HttpOnly cookies: the app's default.
    #[default]
    Cookie,
    /// In the page's hands.
    Bearer,
}

impl Transport {
    /// What the backend's `COOKIE_MODE` is.
    pub(crate) fn cookie_mode(self) -> &'static str {
        match self {
            Self::Cookie => "1",
            Self::Bearer => "0",
        }
    }
}

/// Makes two tests of each named function, which takes the scenario to start from: one over cookies, one over bearer
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
