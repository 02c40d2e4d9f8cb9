//! What an app says of its backend.

use std::rc::Rc;
use std::time::Duration;

use crate::api::{ApiClient, ApiPath, Bearer, Cookie, InvalidPath, Origin, Transport};
use yew_auth_session::RefreshPolicy;

/// Where the backend is, how credentials travel, and when they are renewed.
///
/// How credentials travel says where to: cookies to the page's own origin alone, tokens to the one that is named. An app
/// that uses one way carries no code of the other.
///
/// ```
/// use yew_auth::{Origin, AuthConfig};
///
/// let behind_the_same_server = AuthConfig::cookie();
/// let elsewhere = AuthConfig::bearer(Origin::new("https://api.example")?);
/// # Ok::<(), yew_auth::InvalidOrigin>(())
/// ```
#[derive(Clone, Debug)]
pub struct AuthConfig {
    api: ApiClient,
    policy: RefreshPolicy,
    name: Rc<str>,
}

impl AuthConfig {
    /// A backend at the page's own origin, the tokens in HttpOnly cookies that no script can read: see [`Cookie`]. The
    /// default.
    #[must_use]
    pub fn cookie() -> Self {
        Self::over(Cookie)
    }

    /// A backend at `base`, the tokens in the page's hands, where a script that gets into the page can read them: see
    /// [`Bearer`].
    #[must_use]
    pub fn bearer(base: Origin) -> Self {
        Self::over(Bearer::new(base))
    }

    /// Credentials travel by a transport of the app's own.
    #[must_use]
    pub fn over(transport: impl Transport + 'static) -> Self {
        let api = ApiClient {
            auth_path: ApiPath::literal("/api/auth/"),
            social_path: ApiPath::literal("/api/social/"),
            transport: Rc::new(transport),
            timeout: Duration::from_secs(15),
            max_body: 16 * 1024 * 1024,
        };
        Self { api, policy: RefreshPolicy::default(), name: "yew-auth".into() }
    }

    /// Where dj-rest-auth's endpoints are; with a slash at its end. Default: `/api/auth/`.
    ///
    /// # Errors
    /// When credentials could not be sent to such a path.
    pub fn with_auth_path(mut self, path: &str) -> Result<Self, InvalidPath> {
        self.api.auth_path = ApiPath::new(path)?;
        Ok(self)
    }

    /// Where the identity providers are listed, and codes are traded; with a slash at its end. Default: `/api/social/`.
    ///
    /// # Errors
    /// When credentials could not be sent to such a path.
    pub fn with_social_path(mut self, path: &str) -> Result<Self, InvalidPath> {
        self.api.social_path = ApiPath::new(path)?;
        Ok(self)
    }

    /// When tokens are renewed. Default: [`RefreshPolicy::default`].
    #[must_use]
    pub fn with_policy(mut self, policy: RefreshPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The name that the stored record, the lock and the channel begin with: two apps of one origin need two. Default:
    /// `yew-auth`.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        self.name = name.into();
        self
    }

    /// How long a request may take, its body included. Default: 15 s.
    #[must_use]
    pub fn with_request_timeout(mut self, timeout: Duration) -> Self {
        self.api.timeout = timeout;
        self
    }

    /// The largest body that is read, in bytes. Default: 16 MiB.
    #[must_use]
    pub fn with_max_body(mut self, bytes: usize) -> Self {
        self.api.max_body = bytes;
        self
    }

    pub(super) fn api(&self) -> ApiClient {
        self.api.clone()
    }

    pub(super) fn policy(&self) -> RefreshPolicy {
        self.policy
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Default for AuthConfig {
    fn default() -> Self {
        Self::cookie()
    }
}

/// A provider does not start anew for an equal configuration.
impl PartialEq for AuthConfig {
    fn eq(&self, other: &Self) -> bool {
        self.api == other.api && self.policy == other.policy && self.name == other.name
    }
}
