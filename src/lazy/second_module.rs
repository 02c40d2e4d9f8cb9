//! Loading the second wasm module.

use std::cell::{Cell, RefCell};
use std::ptr;

use gloo_utils::window;
use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::View;

/// The only function of the second module that the first one calls.
#[derive(Clone, Copy)]
pub struct Render(fn(&View) -> Html);

impl Render {
    pub fn render(self, view: &View) -> Html {
        (self.0)(view)
    }
}

impl PartialEq for Render {
    fn eq(&self, other: &Self) -> bool {
        ptr::fn_addr_eq(self.0, other.0)
    }
}

#[derive(Clone, Copy, PartialEq)]
pub enum Progress {
    Idle,
    Loading,
    Ready(Render),
    /// The next component that needs the module loads it again.
    Failed,
}

impl Progress {
    /// The view, once the module is there.
    pub fn show(self, view: &View) -> Html {
        match self {
            Self::Ready(render) => render.render(view),
            Self::Idle | Self::Loading | Self::Failed => Html::default(),
        }
    }
}

thread_local! {
    static PROGRESS: Cell<Progress> = const { Cell::new(Progress::Idle) };
    /// The state of each component that uses the module.
    static USERS: RefCell<Vec<UseStateSetter<Progress>>> = const { RefCell::new(Vec::new()) };
}

/// How far the second module has come. It starts to load once a component says that it is needed.
#[hook]
pub fn use_second_module(is_needed: bool) -> Progress {
    let progress = use_state_eq(|| PROGRESS.get());
    use_effect_with((), {
        let user = progress.setter();
        move |()| {
            // It may have changed since the first rendering.
            user.set(PROGRESS.get());
            USERS.with_borrow_mut(|users| users.push(user.clone()));
            move || USERS.with_borrow_mut(|users| users.retain(|other| *other != user))
        }
    });
    use_effect_with(is_needed, |&is_needed| {
        if is_needed {
            load_second_module();
        }
    });
    *progress
}

/// Loads the second module unless it is there, or on its way.
pub fn load_second_module() {
    if matches!(PROGRESS.get(), Progress::Idle | Progress::Failed) {
        set_progress(Progress::Loading);
        spawn_local(async { set_progress(find_render().await.map_or(Progress::Failed, Progress::Ready)) });
    }
}

fn set_progress(progress: Progress) {
    PROGRESS.set(progress);
    for user in USERS.with_borrow(Clone::clone) {
        user.set(progress);
    }
}

/// Loads the second module after `is_ready`, once the browser has nothing to do that is more urgent.
#[hook]
pub fn use_second_module_when_idle(is_ready: bool) {
    use_effect_with(is_ready, |&is_ready| {
        if is_ready {
            when_idle(load_second_module);
        }
    });
}

/// Calls back at once where the browser does not say when it is idle, as Safari does not.
fn when_idle(callback: fn()) {
    let callback: Function = Closure::once_into_js(callback).unchecked_into();
    if window().request_idle_callback(&callback).is_err() {
        // It throws nothing.
        let _ = callback.call0(&JsValue::NULL);
    }
}

// The build moves this function, and what only it reaches, into the second module.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(lazy, fallible)]
fn find_render() -> Result<Render, wasm_split_helpers::SplitLoaderError> {
    Ok(Render(View::render))
}

#[cfg(not(feature = "split"))]
async fn find_render() -> Result<Render, std::convert::Infallible> {
    Ok(Render(View::render))
}
