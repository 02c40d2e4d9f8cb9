//! A look at how the session is kept.

#[cfg(feature = "faults")]
mod breakage;
mod facts;
mod phrase;
mod timeline;

use std::rc::Rc;

use yew::prelude::*;

use super::context::use_auth_context;
use crate::browser::page::{self, PageEvents};
use crate::browser::{clock, timer};

/// Who is signed in and since when, when the next refresh comes, how the server's clock stands against this machine's,
/// and what the session did on this page. It shows no token.
///
/// It is drawn anew after each event, and each second while it can be seen. Behind the feature `inspector`; with the
/// feature `faults` it also has buttons that break things.
#[component]
pub fn SessionInspector() -> Html {
    let driver = use_auth_context().driver;
    let redraw = use_force_update();
    {
        let redraw = redraw.clone();
        use_effect_with(driver.clone(), move |driver| {
            let registration = driver.observe(move || redraw.force_update());
            move || drop(registration)
        });
    }
    use_each_second(redraw);
    let now = clock::wall();
    html! {
        <div class="session-inspector">
            { facts::view(&driver.inspect(), now) }
            { breakage_of(&driver) }
            { timeline::view(&driver.journal()) }
        </div>
    }
}

#[cfg(feature = "faults")]
fn breakage_of(driver: &Rc<super::driver::Driver>) -> Html {
    breakage::view(driver)
}

#[cfg(not(feature = "faults"))]
fn breakage_of(_: &Rc<super::driver::Driver>) -> Html {
    Html::default()
}

/// Draws each second while the page can be seen.
#[hook]
fn use_each_second(redraw: UseForceUpdateHandle) {
    let is_visible = use_state_eq(page::is_visible);
    {
        let seen = is_visible.setter();
        use_effect_with((), move |()| {
            let listeners = PageEvents::listen(Rc::new(move |_| seen.set(page::is_visible())));
            move || drop(listeners)
        });
    }
    use_effect_with(*is_visible, move |&is_visible| {
        let seconds = is_visible.then(|| timer::each_second(move || redraw.force_update()));
        move || drop(seconds)
    });
}
