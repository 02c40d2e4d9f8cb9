//! Shows how the session is kept.

mod facts;
#[cfg(feature = "faults")]
mod fault_buttons;
mod text;
mod timeline;

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::page::{self, PageEvents};
use crate::browser::{clock, timer};
use crate::driver::Driver;
use crate::provider::use_auth_context;

/// Shows the session while you develop: who is signed in and since when, when the next refresh is due, how far this
/// machine's clock is off, and what the session did on this page. It never shows a token.
///
/// It updates after each event, and every second while the page is visible. With the feature `faults` it also has buttons
/// that break things.
///
/// # Panics
/// Without an [`AuthProvider`](crate::AuthProvider) above it.
///
/// # Example
///
/// ```
/// use yew::prelude::*;
/// use yew_auth::{AuthConfig, AuthProvider, SessionInspector};
///
/// #[component]
/// fn App() -> Html {
///     html! { <AuthProvider config={AuthConfig::cookie()}><SessionInspector /></AuthProvider> }
/// }
/// ```
#[component]
pub fn SessionInspector() -> Html {
    let driver = use_auth_context().driver;
    let redraw = use_force_update();
    {
        let redraw = redraw.clone();
        use_effect_with(driver.clone(), move |driver| {
            let subscription = driver.on_event(move || redraw.force_update());
            move || drop(subscription)
        });
    }
    use_redraw_each_second(redraw);
    let now = clock::wall();
    html! {
        <div class="yew-auth-inspector">
            { facts::view(&driver.inspect(), driver.prefetch_outcome(), now) }
            { misconfigurations(&driver) }
            { fault_buttons(&driver) }
            { timeline::view(&driver.journal()) }
        </div>
    }
}

/// What does not fit, and what to do about it.
fn misconfigurations(driver: &Driver) -> Html {
    let noticed = driver.api.noticed.all();
    if noticed.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h2>{ "What does not fit" }</h2>
            <ul class="yew-auth-inspector-misconfigurations">
                { for noticed.iter().map(|misconfiguration| html! { <li>{ misconfiguration.to_string() }</li> }) }
            </ul>
        </>
    }
}

#[cfg(feature = "faults")]
fn fault_buttons(driver: &Rc<Driver>) -> Html {
    fault_buttons::view(driver)
}

#[cfg(not(feature = "faults"))]
fn fault_buttons(_: &Rc<Driver>) -> Html {
    Html::default()
}

/// Redraws every second while the page is visible.
#[hook]
fn use_redraw_each_second(redraw: UseForceUpdateHandle) {
    let is_visible = use_state_eq(page::is_visible);
    {
        let set_visible = is_visible.setter();
        use_effect_with((), move |()| {
            let listeners = PageEvents::listen(Rc::new(move |_| set_visible.set(page::is_visible())));
            move || drop(listeners)
        });
    }
    use_effect_with(*is_visible, move |&is_visible| {
        let seconds = is_visible.then(|| timer::each_second(move || redraw.force_update()));
        move || drop(seconds)
    });
}
