//! What the posts do not wait for: all other pages, dialogs and notices come as a second wasm module of the release
//! build. Elsewhere all is one module, and there at once.

mod loader;
mod part;

use yew::platform::spawn_local;
use yew::prelude::*;

pub use part::Part;

use crate::heading_focus::{catch_lost_focus, pass_focus_to_heading};
use crate::loading::loading;
use crate::value::{Value, use_value};

/// Properties of [`Later`].
#[derive(Clone, Properties)]
pub struct LaterProps {
    /// What is shown.
    pub part: Part,
}

/// A part is drawn whenever what is around it is. Its own components know whether that changes anything.
impl PartialEq for LaterProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Loading,
    There,
    Failed,
}

/// A part of the app that may still be on its way.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    let progress = use_value(if loader::drawer().is_some() { Progress::There } else { Progress::Loading });
    {
        let setter = progress.clone();
        use_effect_with(progress.get(), move |progress| match progress {
            Progress::Loading => spawn_local(async move {
                setter.set(if loader::load().await { Progress::There } else { Progress::Failed });
            }),
            Progress::There => pass_focus_to_heading(),
            Progress::Failed => {}
        });
    }
    match (progress.get(), loader::drawer()) {
        (Progress::There, Some(draw)) => draw(&props.part),
        (Progress::Failed, _) => failure(progress),
        _ => loading("One moment…"),
    }
}

/// What can do without, should it not be there: nothing, then.
pub fn if_there(part: &Part) -> Html {
    loader::drawer().map_or_else(Html::default, |draw| draw(part))
}

/// Has the second module loaded before anybody waits for it, from when `is_time` says so, and the component drawn anew
/// once it is there. Where that fails, it is loaded when it is needed.
#[hook]
pub fn use_later_soon(is_time: bool) {
    let redraw = use_force_update();
    use_memo((), |()| loader::tell(redraw));
    use_effect_with(is_time, |&is_time| {
        if is_time && loader::drawer().is_none() {
            spawn_local(async { _ = loader::load().await });
        }
    });
}

fn failure(progress: Value<Progress>) -> Html {
    let try_again = Callback::from(move |_: MouseEvent| {
        progress.set(Progress::Loading);
        catch_lost_focus();
    });
    html! {
        <div class="stack">
            <h1>{ "This could not be loaded" }</h1>
            <p class="alert" role="alert">
                { "Check your connection and try again. If that does not help, reload the page." }
            </p>
            <button class="button" type="button" onclick={try_again}>{ "Try again" }</button>
        </div>
    }
}
