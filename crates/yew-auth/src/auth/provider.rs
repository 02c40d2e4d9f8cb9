//! The context provider that keeps the session.

use std::rc::Rc;

use yew::prelude::*;

use super::config::AuthConfig;
use super::context::AuthContext;
use super::driver::{Driver, Registration};
use super::poll_cache::PollCache;

/// The properties of [`AuthProvider`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AuthProviderProps {
    /// Where the backend is, and how its session is kept.
    #[prop_or_default]
    pub config: AuthConfig,
    /// What may use the session.
    #[prop_or_default]
    pub children: Html,
}

/// Keeps the session for all components below it. An app has one, at its root.
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
    _watch: Registration,
}

impl AuthProvider {
    fn start(ctx: &Context<Self>) -> Self {
        let driver = Driver::start(&ctx.props().config);
        let changed = ctx.link().callback(|()| ());
        let watch = driver.watch(move || changed.emit(()));
        let snapshot = driver.snapshot();
        Self { context: AuthContext { driver, polls: Rc::new(PollCache::default()), snapshot }, _watch: watch }
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
