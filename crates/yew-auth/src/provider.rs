//! The context provider that keeps the session.

use std::rc::Rc;

use yew::prelude::*;

use crate::config::AuthConfig;
use crate::driver::{Driver, Snapshot, Subscription};
use crate::poll::PollCache;

/// The properties of [`AuthProvider`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AuthProviderProps {
    /// Where the backend is, and how its session is kept.
    pub config: AuthConfig,
    /// The components that use the session.
    #[prop_or_default]
    pub children: Html,
}

/// Keeps the session for all components below it. An app has one, at its root.
///
/// A configuration that changes starts the session anew; one that compares equal does not.
///
/// # Example
///
/// ```
/// use yew::prelude::*;
/// use yew_auth::{AuthConfig, AuthProvider};
///
/// #[component]
/// fn App() -> Html {
///     html! {
///         <AuthProvider config={AuthConfig::cookie()}>
///             { "pages" }
///         </AuthProvider>
///     }
/// }
/// ```
pub struct AuthProvider {
    context: AuthContext,
    _changes: Subscription,
}

/// What the provider gives to the hooks: the page's session, and one snapshot of it.
#[derive(Clone)]
pub(crate) struct AuthContext {
    pub(crate) driver: Rc<Driver>,
    pub(crate) polls: Rc<PollCache>,
    pub(crate) snapshot: Rc<Snapshot>,
}

/// The context of the nearest provider.
///
/// # Panics
/// Without an `AuthProvider` above the component.
#[hook]
pub(crate) fn use_auth_context() -> AuthContext {
    use_context::<AuthContext>().expect("an `AuthProvider` above this component")
}

impl AuthProvider {
    fn start(ctx: &Context<Self>) -> Self {
        let driver = Driver::start(&ctx.props().config);
        let changed = ctx.link().callback(|()| ());
        let changes = driver.on_change(move || changed.emit(()));
        let snapshot = driver.snapshot();
        Self { context: AuthContext { driver, polls: Rc::default(), snapshot }, _changes: changes }
    }
}

impl Component for AuthProvider {
    type Message = ();
    type Properties = AuthProviderProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self::start(ctx)
    }

    fn update(&mut self, _ctx: &Context<Self>, (): ()) -> bool {
        self.context.snapshot = self.context.driver.snapshot();
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        if ctx.props().config != old.config {
            self.context.driver.stop();
            *self = Self::start(ctx);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <ContextProvider<AuthContext> context={self.context.clone()}>
                { ctx.props().children.clone() }
            </ContextProvider<AuthContext>>
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        self.context.driver.stop();
    }
}

/// `polls` belongs to the driver, so comparing the driver covers it.
impl PartialEq for AuthContext {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.driver, &other.driver) && Rc::ptr_eq(&self.snapshot, &other.snapshot)
    }
}
