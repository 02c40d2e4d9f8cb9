//! What an app says of its backend.

use std::rc::Rc;
use std::time::Duration;

use crate::api::{ApiBase, ApiClient, Bearer, Transport};
use crate::session::RefreshPolicy;

/// Where the backend is, how credentials travel, and when they are renewed.
///
/// ```
/// use yew_auth::{ApiBase, AuthConfig};
///
/// let config = AuthConfig::new().with_base(ApiBase::new("https://api.example")?);
/// # Ok::<(), yew_auth::BadOrigin>(())
/// ```
#[derive(Clone, Debug)]
pub struct AuthConfig {
    base: ApiBase,
    transport: Rc<dyn Transport>,
    policy: RefreshPolicy,
    name: Rc<str>,
    request_timeout: Duration,
    max_body: usize,
}

impl AuthConfig {
    /// A backend at the page's own origin, tokens in the page's hands.
    #[must_use]
    pub fn new() -> Self {
        Self {
            base: ApiBase::same_origin(),
            transport: Rc::new(Bearer),
            policy: RefreshPolicy::default(),
            name: "yew-auth".into(),
            request_timeout: Duration::from_secs(15),
            max_body: 16 * 1024 * 1024,
        }
    }

    /// The origin of the backend. Default: the page's own.
    #[must_use]
    pub fn with_base(mut self, base: ApiBase) -> Self {
        self.base = base;
        self
    }

    /// How credentials travel. Default: [`Bearer`].
    #[must_use]
    pub fn with_transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Rc::new(transport);
        self
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
        self.request_timeout = timeout;
        self
    }

    /// The largest body that is read, in bytes. Default: 16 MiB.
    #[must_use]
    pub fn with_max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    pub(super) fn api(&self) -> ApiClient {
        ApiClient::new(self.base.clone(), Rc::clone(&self.transport), self.request_timeout, self.max_body)
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
        Self::new()
    }
}

/// A provider does not start anew for an equal configuration.
impl PartialEq for AuthConfig {
    fn eq(&self, other: &Self) -> bool {
        self.base == other.base
            && format!("{:?}", self.transport) == format!("{:?}", other.transport)
            && self.policy == other.policy
            && self.name == other.name
            && self.request_timeout == other.request_timeout
            && self.max_body == other.max_body
    }
}
