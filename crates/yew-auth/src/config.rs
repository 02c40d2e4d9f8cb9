//! Where the backend is, and how the session is kept.

use std::rc::Rc;
use std::time::Duration;

use crate::client::ApiClient;
use crate::dialect::DjRestAuth;
use crate::transport::{ApiPath, Bearer, Cookie, InvalidPath, Origin, Transport};
use yew_auth_session::RefreshPolicy;

/// Where the backend is, how credentials travel, and when they are refreshed.
///
/// [`cookie`](Self::cookie) is the default: tokens in HttpOnly cookies, for a backend at the page's own origin. With
/// [`bearer`](Self::bearer) the page holds the tokens, and the backend may be anywhere.
///
/// # Example
///
/// ```
/// use std::time::Duration;
/// use yew_auth::{AuthConfig, Origin};
///
/// let same_origin = AuthConfig::cookie().with_request_timeout(Duration::from_secs(30));
/// let elsewhere = AuthConfig::bearer(Origin::new("https://api.example")?);
/// # assert_ne!(same_origin, elsewhere);
/// # Ok::<(), yew_auth::InvalidOrigin>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AuthConfig {
    api: ApiClient,
    policy: RefreshPolicy,
    name: Rc<str>,
}

impl AuthConfig {
    /// A backend at the page's own origin, with the tokens in HttpOnly cookies that no script can read: see [`Cookie`].
    #[must_use]
    pub fn cookie() -> Self {
        Self::over(Cookie::default())
    }

    /// A backend at `base`. The page holds the tokens, so a script that is injected into the page can read them: see
    /// [`Bearer`].
    #[must_use]
    pub fn bearer(base: Origin) -> Self {
        Self::over(Bearer::new(base))
    }

    /// A [`Transport`] of your own.
    #[must_use]
    pub fn over(transport: impl Transport + 'static) -> Self {
        let api = ApiClient {
            dialect: DjRestAuth {
                auth_path: ApiPath::literal("/api/auth/"),
                social_path: ApiPath::literal("/api/social/"),
            },
            transport: Rc::new(transport),
            timeout: Duration::from_secs(15),
            max_body: 16 * 1024 * 1024,
        };
        Self { api, policy: RefreshPolicy::default(), name: "yew-auth".into() }
    }

    /// The path of dj-rest-auth's endpoints, with a slash at its end. Default: `/api/auth/`.
    ///
    /// # Errors
    /// When the text is not a path that credentials may be sent to.
    pub fn with_auth_path(mut self, path: &str) -> Result<Self, InvalidPath> {
        self.api.dialect.auth_path = ApiPath::new(path)?;
        Ok(self)
    }

    /// The path of the list of identity providers, below which authorization codes are exchanged; with a slash at its end.
    /// Default: `/api/social/`.
    ///
    /// # Errors
    /// When the text is not a path that credentials may be sent to.
    pub fn with_social_path(mut self, path: &str) -> Result<Self, InvalidPath> {
        self.api.dialect.social_path = ApiPath::new(path)?;
        Ok(self)
    }

    /// When tokens are refreshed. Default: [`RefreshPolicy::default`].
    #[must_use]
    pub fn with_policy(mut self, policy: RefreshPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The prefix of the names of the stored record, the lock and the channel. Two apps at one origin need two names.
    /// Default: `yew-auth`.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        self.name = name.into();
        self
    }

    /// How long a request may take, including its body. Default: 15 seconds.
    #[must_use]
    pub fn with_request_timeout(mut self, timeout: Duration) -> Self {
        self.api.timeout = timeout;
        self
    }

    /// The largest body of an answer that is read, in bytes. Default: 16 MiB.
    #[must_use]
    pub fn with_max_body(mut self, bytes: usize) -> Self {
        self.api.max_body = bytes;
        self
    }

    pub(crate) fn api(&self) -> ApiClient {
        self.api.clone()
    }

    pub(crate) fn policy(&self) -> RefreshPolicy {
        self.policy
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Default for AuthConfig {
    fn default() -> Self {
        Self::cookie()
    }
}
