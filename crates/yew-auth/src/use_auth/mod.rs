//! The hook that gives a component the session.

mod account;

use std::fmt;
use std::time::Duration;

use yew::prelude::*;

use crate::authorization_code::{self, FailedSignIn, ProviderSession, RedirectError};
use crate::client::{RequestError, supported};
use crate::dialect::{IdentityProvider, Login};
use crate::driver::OnSessionEnd;
use crate::provider::{AuthContext, use_auth_context};
use crate::return_path::ReturnPath;
pub use account::Registered;
use yew_auth_session::{Connection, Persistence, Session, SessionState};

/// How often [`use_auth`] compares the clock and the record that tabs share with what is known.
pub const DEFAULT_INTERVAL: Duration = Duration::from_secs(20);

/// Returns the session, and keeps it in sync every 20 seconds ([`DEFAULT_INTERVAL`]).
///
/// The component renders again when the session changes, not on every sync.
///
/// # Panics
/// Without an [`AuthProvider`](crate::AuthProvider) above the component.
///
/// # Example
///
/// ```
/// use yew::prelude::*;
/// use yew_auth::{SessionState, use_auth};
///
/// #[component]
/// fn Greeting() -> Html {
///     let auth = use_auth();
///     match auth.state() {
///         SessionState::Loading => html! {},
///         SessionState::Authenticated(session) => html! { <p>{ session.user.display_name() }</p> },
///         SessionState::Unauthenticated(_) => html! { <p>{ "You are not signed in." }</p> },
///     }
/// }
/// ```
#[hook]
pub fn use_auth() -> UseAuthHandle {
    use_auth_with(DEFAULT_INTERVAL)
}

/// Returns the session, and keeps it in sync every `interval`, at least one second. If components ask for different
/// intervals, the shortest one applies.
///
/// # Panics
/// Without an [`AuthProvider`](crate::AuthProvider) above the component.
///
/// # Example
///
/// ```
/// use std::time::Duration;
/// use yew::prelude::*;
/// use yew_auth::use_auth_with;
///
/// #[component]
/// fn SignOut() -> Html {
///     let auth = use_auth_with(Duration::from_secs(5));
///     html! { <button onclick={move |_| auth.sign_out()}>{ "Sign out" }</button> }
/// }
/// ```
#[hook]
pub fn use_auth_with(interval: Duration) -> UseAuthHandle {
    let context = use_auth_context();
    use_effect_with((context.driver.clone(), interval), |(driver, interval)| {
        let subscription = driver.sync_every(*interval);
        move || drop(subscription)
    });
    UseAuthHandle { context }
}

/// The session, and what a component can do about it. Returned by [`use_auth`].
#[derive(Clone, PartialEq)]
pub struct UseAuthHandle {
    context: AuthContext,
}

impl UseAuthHandle {
    /// Whether a user is signed in; [`SessionState::Loading`] while that is not known.
    #[must_use]
    pub fn state(&self) -> &SessionState {
        &self.context.snapshot.state
    }

    /// The session, if a user is signed in.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.state().session()
    }

    /// Whether the session can be refreshed at the moment, and if not, why.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.context.snapshot.connection
    }

    /// Whether the session is stored, so that other tabs share it and a reload finds it at once. Over
    /// [`Cookie`](crate::transport::Cookie), a reload also finds a session that is not stored, by one request.
    #[must_use]
    pub fn persistence(&self) -> Persistence {
        self.context.snapshot.persistence
    }

    /// Whether the browser keeps no cookies here, though the session would be in one: its settings block them, or the page is
    /// in a frame of another site. Nobody can sign in then, and [`sign_in`](Self::sign_in) sends nothing. A cookie is written
    /// and read to find out, so ask when it matters, and not at each rendering.
    #[must_use]
    pub fn blocks_cookies(&self) -> bool {
        self.context.driver.blocks_cookies()
    }

    /// Signs in with a password.
    ///
    /// # Errors
    /// [`RequestError::Status`] when the backend refuses; otherwise the reason why no usable answer arrived.
    ///
    /// # Example
    ///
    /// ```
    /// use yew_auth::{Login, RequestError, UseAuthHandle};
    ///
    /// async fn submit(auth: UseAuthHandle, name: String, password: String) -> Result<(), String> {
    ///     match auth.sign_in(Login::new(name, password)).await {
    ///         Ok(()) => Ok(()),
    ///         Err(RequestError::Status(rejection)) => Err(rejection.detail.unwrap_or_else(|| "Refused.".to_owned())),
    ///         Err(error) => Err(error.to_string()),
    ///     }
    /// }
    /// ```
    pub async fn sign_in(&self, login: Login) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        let request = Box::pin(async {
            let session = driver.session_id();
            driver.api.login(&login, session.as_ref()).await.map(Some)
        });
        driver.sign_in(request).await.map(drop)
    }

    /// The identity providers that the backend offers.
    ///
    /// # Errors
    /// The reason why no usable answer arrived.
    pub async fn providers(&self) -> Result<Vec<IdentityProvider>, RequestError> {
        let driver = &self.context.driver;
        driver.api.providers(driver.session_id().as_ref()).await
    }

    /// Leaves the page for the provider's sign-in. The provider sends the user back to `/auth/callback/<id>`, or where
    /// [`with_callback_path`](crate::AuthConfig::with_callback_path) says. Call
    /// [`complete_sign_in`](Self::complete_sign_in) on that page; it returns `return_to`.
    ///
    /// # Errors
    /// When this browser cannot make a safe request, or the provider's address is unusable. The page stays then.
    pub async fn sign_in_with(&self, provider: &IdentityProvider, return_to: ReturnPath) -> Result<(), RedirectError> {
        authorization_code::leave_for(&self.context.driver, provider, return_to).await
    }

    /// Completes a sign-in with a provider, on the page that the provider sent the user back to. Returns where to go
    /// next. The authorization code is removed from the address first and works once.
    ///
    /// # Errors
    /// When the user or the provider refused, when this tab did not ask for the sign-in, or when the backend could not
    /// complete it. The error says where the sign-in was meant to lead, so that another try can lead there.
    pub async fn complete_sign_in(&self, provider_id: &str) -> Result<ReturnPath, FailedSignIn> {
        authorization_code::complete(&self.context.driver, provider_id).await
    }

    /// The provider where the session that has ended was opened: its person may still be signed in there, and on a shared
    /// computer the next one could come in as them. `None` while somebody is signed in, after a sign-in by password, and at
    /// a provider without an `end_session_endpoint`.
    ///
    /// # Example
    ///
    /// ```
    /// use yew::prelude::*;
    /// use yew_auth::use_auth;
    ///
    /// #[component]
    /// fn SignOutThereToo() -> Html {
    ///     let auth = use_auth();
    ///     let Some(session) = auth.provider_session() else { return html! {} };
    ///     let name = session.provider_name().to_owned();
    ///     let onclick = move |_| {
    ///         // The page stays where the address cannot be opened.
    ///         let _ = auth.sign_out_at_provider(&session);
    ///     };
    ///     html! { <button {onclick}>{ format!("Sign out at {name} too") }</button> }
    /// }
    /// ```
    #[must_use]
    pub fn provider_session(&self) -> Option<ProviderSession> {
        let is_signed_out = matches!(self.state(), SessionState::Unauthenticated(_));
        is_signed_out.then(|| ProviderSession::stored(&self.context.driver))?
    }

    /// Leaves the page to sign out at the provider (OpenID Connect RP-Initiated Logout 1.0). It may ask first, and sends the
    /// person back to the path of the page's `<base>`, or to `/`: register that address there as a
    /// `post_logout_redirect_uri`. The address names the app's client, and carries no token.
    ///
    /// # Errors
    /// When the browser does not go there.
    pub fn sign_out_at_provider(&self, session: &ProviderSession) -> Result<(), RedirectError> {
        authorization_code::leave_to_sign_out(&self.context.driver, session)
    }

    /// Signs out: in every tab at once, and at the backend as soon as it can be reached.
    pub fn sign_out(&self) {
        self.context.driver.sign_out();
    }

    /// Refreshes the session now. If that fails, the present token stays in use.
    pub fn refresh(&self) {
        self.context.driver.refresh();
    }

    /// Reads the user's details from the backend again, for all tabs.
    ///
    /// # Errors
    /// The reason why no usable answer arrived.
    pub async fn reload_user(&self) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        let request = supported(driver.api.dialect.user())?;
        driver.load_user(request, OnSessionEnd::Fail).await
    }
}

impl fmt::Debug for UseAuthHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UseAuthHandle").field(&self.context.snapshot).finish()
    }
}
