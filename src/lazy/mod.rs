//! A release build is two wasm modules, so that the posts do not wait for the code of the other pages. The second holds
//! what [`View`] names. Other builds are one module.

mod second_module;

use yew::prelude::*;
use yew_auth::SignInAgain;

use second_module::load_second_module;
pub use second_module::{Progress, use_second_module, use_second_module_when_idle};

use crate::pages;
use crate::posts::{LoadError, LoadErrorProps, StaleNotice, StaleNoticeProps};
use crate::route::Route;
use crate::session::{SessionBanners, SessionNotices, SignInAgainDialog};
use crate::ui::focus::{catch_lost_focus, pass_focus_to_heading};
use crate::ui::loading;

/// What the second module holds, as the first one names it.
#[derive(Clone, PartialEq)]
pub enum View {
    /// Every page but the posts.
    Page(Route),
    /// What is said about the session above every page.
    SessionBanners(Route),
    /// What is said about the session over every page.
    SessionNotices,
    /// The dialog over a page whose session has ended.
    SignInAgain(SignInAgain),
    /// What is said in place of posts that could not be loaded.
    LoadError(LoadErrorProps),
    /// What is said over posts that may be old.
    StaleNotice(StaleNoticeProps),
}

impl View {
    fn render(&self) -> Html {
        match self.clone() {
            Self::Page(route) => pages::page(route),
            Self::SessionBanners(route) => html! { <SessionBanners {route} /> },
            Self::SessionNotices => html! { <SessionNotices /> },
            Self::SignInAgain(again) => html! { <SignInAgainDialog {again} /> },
            Self::LoadError(props) => html! { <LoadError ..props /> },
            Self::StaleNotice(props) => html! { <StaleNotice ..props /> },
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct LazyProps {
    pub view: View,
}

/// A view of the second module. While that loads it says so, and where that fails it offers to try again.
#[component]
pub fn Lazy(props: &LazyProps) -> Html {
    let module = use_second_module(true);
    use_effect_with(matches!(module, Progress::Ready(_)), |&is_ready| {
        if is_ready {
            pass_focus_to_heading();
        }
    });
    match module {
        Progress::Ready(render) => render.render(&props.view),
        Progress::Failed => failure(),
        Progress::Idle | Progress::Loading => loading("One moment…"),
    }
}

fn failure() -> Html {
    let try_again = Callback::from(|_: MouseEvent| {
        load_second_module();
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
