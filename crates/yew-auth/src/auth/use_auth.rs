//! The hook that tells a component of the session.

use std::fmt;
use std::time::Duration;

use yew::prelude::*;

use super::authorized_client::send;
use super::callback_error::FailedSignIn;
use super::context::{AuthContext, use_auth_context};
use super::driver::Patience;
use super::return_path::ReturnPath;
use super::sign_in_flow::{self, RedirectError};
use crate::api::{IdentityProvider, Login, RequestError, user};
use yew_auth_session::{Connection, Persistence, Session, SessionState};

/// How often [`use_auth`] looks at the clock and at what other tabs have stored.
pub const DEFAULT_INTERVAL: Duration = Duration::from_secs(20);

/// The session, looked after every 20 s.
///
/// The component renders again only when something that it may show has changed, not on each look.
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
///         SessionState::Unauthenticated(_) => html! { <p>{ "Hello, stranger" }</p> },
///     }
/// }
/// ```
#[hook]
pub fn use_auth() -> UseAuthHandle {
    use_auth_with(DEFAULT_INTERVAL)
}

/// The session, looked after every `interval`; where components differ, the shortest interval counts for all.
///
/// See [`use_auth`].
#[hook]
pub fn use_auth_with(interval: Duration) -> UseAuthHandle {
    let context = use_auth_context();
    // Held by the hook: an effect would do the same in twice the code.
    use_memo((context.driver.clone(), interval), |(driver, interval)| driver.look_every(*interval));
    UseAuthHandle { context }
}

/// What a component may know of the session, and do about it.
#[derive(Clone, PartialEq)]
pub struct UseAuthHandle {
    pub(super) context: AuthContext,
}

impl UseAuthHandle {
    /// Signed in, signed out, or not known yet.
    #[must_use]
    pub fn state(&self) -> &SessionState {
        &self.context.snapshot.state
    }

    /// The session, where somebody is signed in.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.state().session()
    }

    /// Whether the session can be renewed at the moment, and what stands in the way.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.context.snapshot.connection
    }

    /// Whether the session outlives this page.
    #[must_use]
    pub fn persistence(&self) -> Persistence {
        self.context.snapshot.persistence
    }

    /// Signs in with a password.
    ///
    /// # Errors
    /// [`RequestError::Status`] when the backend does not take it; otherwise what kept the answer away.
    pub async fn sign_in(&self, login: Login) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        driver.sign_in(Box::pin(async { driver.api.login(&login).await.map(Some) })).await.map(drop)
    }

    /// The identity providers that the backend offers.
    ///
    /// # Errors
    /// What kept the answer away.
    pub async fn providers(&self) -> Result<Vec<IdentityProvider>, RequestError> {
        self.context.driver.api.providers().await
    }

    /// Leaves the page for the provider's own sign-in. It comes back to `/auth/callback/<id>`, where
    /// [`complete_sign_in`](Self::complete_sign_in) goes on, and from there to `return_to`.
    ///
    /// # Errors
    /// When this browser can make no safe request: without it nobody leaves the page.
    pub async fn sign_in_with(&self, provider: &IdentityProvider, return_to: ReturnPath) -> Result<(), RedirectError> {
        sign_in_flow::leave_for(self.context.driver.name(), provider, return_to).await
    }

    /// Completes a sign-in with a provider, on the page that the provider came back to. The code is taken out of the
    /// address first, and can be used once.
    ///
    /// # Errors
    /// When the person or the provider said no, when nobody asked for this sign-in, or when the backend could not
    /// complete it. The error knows where the sign-in was to lead, so that another try can lead there too.
    pub async fn complete_sign_in(&self, provider_id: &str) -> Result<ReturnPath, FailedSignIn> {
        sign_in_flow::complete(&self.context.driver, provider_id).await
    }

    /// Signs out: here and in every tab at once, at the backend as soon as it can be reached.
    pub fn sign_out(&self) {
        self.context.driver.sign_out();
    }

    /// Renews the session now. While that is not possible the present token stays in use.
    pub fn refresh(&self) {
        self.context.driver.refresh();
    }

    /// Reads the person's own details from the backend again, for all tabs.
    ///
    /// # Errors
    /// What kept the answer away.
    pub async fn reload_user(&self) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        let response = send(driver, driver.api.user_request()?, Patience::Short).await?;
        driver.change_user(user(&response)?);
        Ok(())
    }
}

impl fmt::Debug for UseAuthHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UseAuthHandle").field(&self.context.snapshot).finish()
    }
}
