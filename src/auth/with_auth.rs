//! The wrapper of pages that are for people who have signed in.

use std::time::Duration;

use yew::html::BaseComponent;
use yew::prelude::*;

use super::access_denied::AccessDenied;
use super::use_auth::{DEFAULT_INTERVAL, use_auth_with};
use crate::session::{Session, SessionState};

/// The properties of [`WithAuth`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WithAuthProps {
    /// How often the session is looked after. Default: 20 s.
    #[prop_or(DEFAULT_INTERVAL)]
    pub interval: Duration,
    /// What a stranger's "Sign in" button does.
    pub on_sign_in: Callback<()>,
    /// What is shown while nobody knows who is signed in.
    #[prop_or_default]
    pub loading: Html,
}

/// Shows the page `P` to somebody who is signed in, and [`AccessDenied`] to a stranger.
///
/// The page cannot be built without a session: its properties are made from one.
///
/// # Example
///
/// ```
/// use yew::prelude::*;
/// use yew_auth::{SessionProps, WithAuth};
///
/// #[component]
/// fn Account(props: &SessionProps) -> Html {
///     html! { <h1>{ props.session.user.display_name() }</h1> }
/// }
///
/// #[component]
/// fn Routes() -> Html {
///     html! { <WithAuth<Account> on_sign_in={Callback::from(|()| ())} /> }
/// }
/// ```
#[component]
pub fn WithAuth<P>(props: &WithAuthProps) -> Html
where
    P: BaseComponent,
    P::Properties: From<Session>,
{
    let auth = use_auth_with(props.interval);
    match auth.state() {
        SessionState::Loading => props.loading.clone(),
        SessionState::Unauthenticated(reason) => {
            html! { <AccessDenied reason={*reason} on_sign_in={props.on_sign_in.clone()} /> }
        }
        SessionState::Authenticated(session) => {
            let props = P::Properties::from(session.clone());
            html! { <P ..props /> }
        }
    }
}

/// The properties of a page that needs to know who is signed in, and nothing else.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SessionProps {
    /// Whose page it is.
    pub session: Session,
}

impl From<Session> for SessionProps {
    fn from(session: Session) -> Self {
        Self { session }
    }
}
