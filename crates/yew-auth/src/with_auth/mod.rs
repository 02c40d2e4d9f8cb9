//! The wrapper of pages that need a signed-in user.

mod kept_page;
mod sign_in_again;
mod withdrawn;

use std::time::Duration;

use yew::html::BaseComponent;
use yew::prelude::*;

use crate::access_denied::AccessDenied;
use crate::provider::{AuthContext, use_auth_context};
use crate::use_auth::{DEFAULT_INTERVAL, use_auth_with};
use kept_page::{View, use_view};
pub use sign_in_again::SignInAgain;
use withdrawn::{Frame, use_withdrawn};
use yew_auth_session::{Session, SignOutReason};

/// The properties of [`WithAuth`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WithAuthProps {
    /// How often the session is kept in sync: see [`use_auth_with`]. Default: 20 seconds.
    #[prop_or(DEFAULT_INTERVAL)]
    pub interval: Duration,
    /// Called by the "Sign in" button of [`AccessDenied`]. Default: nothing happens.
    #[prop_or_default]
    pub on_sign_in: Callback<()>,
    /// Shown while it is not known whether a user is signed in. Default: nothing.
    #[prop_or_default]
    pub loading: Html,
    /// Shown to a signed-out visitor, for example a redirect to the sign-in page. Default: [`AccessDenied`].
    #[prop_or_default]
    pub denied: Option<Callback<SignOutReason, Html>>,
    /// Shown instead of the page when its session ends although the user did not sign out, usually as a dialog. The page
    /// stays mounted, but is taken out of the document. Default: the page is not kept.
    #[prop_or_default]
    pub sign_in_again: Option<Callback<SignInAgain, Html>>,
}

/// Shows the page `P` to a signed-in user, and [`AccessDenied`] to everybody else.
///
/// The page cannot exist without a session, because its properties are made from one.
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
/// fn App() -> Html {
///     let on_sign_in = Callback::from(|()| { /* go to your sign-in page */ });
///     html! { <WithAuth<Account> {on_sign_in} /> }
/// }
/// ```
///
/// # Keeping a page
///
/// With `sign_in_again`, a page outlives a session that expired or was revoked, so that nothing is lost that the user has
/// typed. The requests of its [`AuthorizedClient`](crate::AuthorizedClient) wait. Both continue when the same user signs
/// in again. After a sign-out, here or in another tab, nothing of the page stays.
///
/// Whoever is at the screen by then may be somebody else. A kept page is therefore out of the document: nothing of it
/// can be seen, searched, copied or found in the developer tools' elements. It comes back with its scroll positions and
/// its focus. Until then its empty frame of the class `yew-auth-kept-page` is as high as it was. What a page shows through
/// a portal is not in the frame, and stays; an `iframe` in it loads anew.
///
/// ```
/// use yew::prelude::*;
/// use yew_auth::{SessionProps, SignInAgain, WithAuth};
///
/// # #[component]
/// # fn Account(_: &SessionProps) -> Html { html! {} }
/// #[component]
/// fn App() -> Html {
///     let sign_in_again = Callback::from(|offer: SignInAgain| {
///         let name = offer.user.display_name().to_owned();
///         let give_up = move |_: MouseEvent| offer.give_up();
///         html! {
///             <dialog open=true>
///                 <p>{ format!("{name}, your session has ended. Sign in to continue.") }</p>
///                 <button onclick={give_up}>{ "Leave this page" }</button>
///             </dialog>
///         }
///     });
///     html! { <WithAuth<Account> {sign_in_again} /> }
/// }
/// ```
#[component]
pub fn WithAuth<P>(props: &WithAuthProps) -> Html
where
    P: BaseComponent,
    P::Properties: From<Session>,
{
    use_auth_with(props.interval);
    let context = use_auth_context();
    let (view, give_up) = use_view(context, props.sign_in_again.is_some());
    let frame = use_withdrawn(view.is_kept());
    match (&view, &props.sign_in_again) {
        (View::Loading, _) => props.loading.clone(),
        (View::Denied(reason), _) => denied(*reason, props),
        (View::Open(context) | View::Kept(context, _), None) => page::<P>(context),
        (View::Open(context), Some(_)) => keepable_page::<P>(&frame, &view, context, Html::default()),
        (View::Kept(context, reason), Some(sign_in_again)) => {
            let user = view.user().cloned();
            let offer = user.map(|user| sign_in_again.emit(SignInAgain { reason: *reason, user, give_up }));
            keepable_page::<P>(&frame, &view, context, offer.unwrap_or_default())
        }
    }
}

fn denied(reason: SignOutReason, props: &WithAuthProps) -> Html {
    match &props.denied {
        Some(denied) => denied.emit(reason),
        None => html! { <AccessDenied {reason} on_sign_in={props.on_sign_in.clone()} /> },
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

/// The page, and what is shown instead of it. A kept page sees its own context, which does not change. The key makes
/// another user's page a new one.
fn keepable_page<P>(frame: &Frame, view: &View, context: &AuthContext, instead: Html) -> Html
where
    P: BaseComponent,
    P::Properties: From<Session>,
{
    let user = context.snapshot.user_id().unwrap_or_default().to_owned();
    html! {
        <>
            <div ref={&frame.place} key={user} class="yew-auth-kept-page" data-kept={view.is_kept().then_some("")}>
                <div ref={&frame.page}>
                    <ContextProvider<AuthContext> context={context.clone()}>
                        { page::<P>(context) }
                    </ContextProvider<AuthContext>>
                </div>
            </div>
            { instead }
        </>
    }
}

/// The properties of a page that needs nothing but the session.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SessionProps {
    /// The session of the signed-in user.
    pub session: Session,
}

impl From<Session> for SessionProps {
    fn from(session: Session) -> Self {
        Self { session }
    }
}
