//! Where the backend is, and how the session is kept.

use std::rc::Rc;
use std::time::Duration;

use crate::client::ApiClient;
use crate::dialect::{Dialect, DjRestAuth};
use crate::transport::{Bearer, Cookie, Origin, Transport};
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
    callback_path: Option<Rc<str>>,
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

    /// dj-rest-auth at its usual paths, over this transport.
    #[must_use]
    pub fn over(transport: impl Transport + 'static) -> Self {
        Self::new(DjRestAuth::default(), transport)
    }

    /// A backend that understands this [dialect](crate::dialect), over this transport.
    ///
    /// # Example
    ///
    /// ```
    /// use yew_auth::dialect::Djoser;
    /// use yew_auth::transport::Bearer;
    /// use yew_auth::{AuthConfig, Origin};
    ///
    /// let config = AuthConfig::new(Djoser::default(), Bearer::new(Origin::new("https://api.example")?));
    /// # Ok::<(), yew_auth::InvalidOrigin>(())
    /// ```
    #[must_use]
    pub fn new(dialect: impl Dialect + 'static, transport: impl Transport + 'static) -> Self {
        let api = ApiClient {
            dialect: Rc::new(dialect),
            transport: Rc::new(transport),
            noticed: Rc::default(),
            timeout: Duration::from_secs(15),
            max_body: 16 * 1024 * 1024,
        };
        Self { api, policy: RefreshPolicy::default(), name: "yew-auth".into(), callback_path: None }
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

    /// The path below which identity providers send the user back, with a slash at its end: the page at
    /// `<path><provider id>` calls [`complete_sign_in`](crate::UseAuthHandle::complete_sign_in). Default: `auth/callback/`
    /// below the path of the page's `<base>`, or below `/`.
    #[must_use]
    pub fn with_callback_path(mut self, path: &str) -> Self {
        self.callback_path = Some(path.into());
        self
    }

    pub(crate) fn callback_path(&self) -> Option<Rc<str>> {
        self.callback_path.clone()
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
