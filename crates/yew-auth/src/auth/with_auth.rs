//! The wrapper of pages that are for people who have signed in.

use std::time::Duration;

use yew::html::BaseComponent;
use yew::prelude::*;

use super::access_denied::access_denied;
use super::context::{AuthContext, use_auth_context};
use super::kept_page::{Shown, use_shown};
use super::sign_in_again::SignInAgain;
use super::use_auth::{DEFAULT_INTERVAL, use_auth_with};
use yew_auth_session::{Session, SignOutReason};

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
    /// What is shown over the page when its session ends although nobody has asked for that: a dialog, as a rule. The
    /// page stays as it is, out of reach, in an element of the class `kept-page` with a `data-kept`: `hidden` where
    /// nobody may have been there for long, else `veiled`. Default: none, and the page makes room for [`AccessDenied`](super::AccessDenied).
    #[prop_or_default]
    pub sign_in_again: Option<Callback<SignInAgain, Html>>,
}

/// Shows the page `P` to somebody who is signed in, and [`AccessDenied`](super::AccessDenied) to a stranger.
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
///
/// With `sign_in_again` a page is kept when its session ends although nobody has asked for that. What is typed into it
/// stays, and requests of its [`AuthorizedClient`](crate::AuthorizedClient) wait; both go on when the same person signs
/// in again. A session that was signed out of, here or in another tab, leaves nothing of the page in any case.
#[component]
pub fn WithAuth<P>(props: &WithAuthProps) -> Html
where
    P: BaseComponent,
    P::Properties: From<Session>,
{
    use_auth_with(props.interval);
    let context = use_auth_context();
    let (shown, give_up) = use_shown(context, props.sign_in_again.is_some());
    match (&shown, &props.sign_in_again) {
        (Shown::Loading, _) => props.loading.clone(),
        (Shown::Denied(reason), _) => access_denied(*reason, &props.on_sign_in),
        (Shown::Open(context), None) | (Shown::Kept(context, _), None) => page::<P>(context),
        (Shown::Open(context), Some(_)) => keepable::<P>(context, None, Html::default()),
        (Shown::Kept(context, reason), Some(sign_in_again)) => {
            let user = shown.user().cloned();
            let offer = user.map(|user| sign_in_again.emit(SignInAgain { reason: *reason, user, give_up }));
            keepable::<P>(context, Some(*reason), offer.unwrap_or_default())
        }
    }
}

fn page<P>(context: &AuthContext) -> Html
where
    P: BaseComponent,
    P::Properties: From<Session>,
{
    let Some(session) = context.snapshot.state.session() else { return Html::default() };
    let props = P::Properties::from(session.clone());
    html! { <P ..props /> }
}

/// The page, and what is over it. What the page reads of the session stands still while it is kept; for another person
/// it is built anew.
fn keepable<P>(context: &AuthContext, ended: Option<SignOutReason>, over: Html) -> Html
where
    P: BaseComponent,
    P::Properties: From<Session>,
{
    let user = context.snapshot.state.session().map(|session| session.user.id.clone());
    let kept = ended.map(|reason| match reason {
        SignOutReason::Idle | SignOutReason::Expired => "hidden",
        _ => "veiled",
    });
    html! {
        <>
            <div key={user.unwrap_or_default()} class="kept-page" inert={kept.is_some()} data-kept={kept}>
                <ContextProvider<AuthContext> context={context.clone()}>{ page::<P>(context) }</ContextProvider<AuthContext>>
            </div>
            { over }
        </>
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
