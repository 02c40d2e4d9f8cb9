//! `use_session_end`: the warning before a session ends.

use std::time::Duration;

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{AuthConfig, EndCause, RefreshPolicy, SessionEnd, UseAuthHandle, use_session_end};

use crate::app::App;
use crate::backend::Backend;
use crate::page::Page;
use crate::probe::{AuthProbe, Seen, sign_in};

const BEFORE: Duration = Duration::from_secs(120);
const LIMIT: Duration = Duration::from_secs(600);

#[derive(PartialEq, Properties)]
struct WarningProbeProps {
    seen: Seen<Option<SessionEnd>>,
}

#[component]
fn WarningProbe(props: &WarningProbeProps) -> Html {
    props.seen.add(use_session_end(BEFORE));
    html! {}
}

struct Tab {
    _app: App,
    auth: Seen<UseAuthHandle>,
    end: Seen<Option<SessionEnd>>,
}

impl Tab {
    async fn open(page: &Page, config: AuthConfig) -> Self {
        let (auth, end) = (Seen::new(), Seen::new());
        let (auth_probe, end_probe) = (auth.clone(), end.clone());
        let view =
            move || html! { <><AuthProbe seen={auth_probe.clone()} /><WarningProbe seen={end_probe.clone()} /></> };
        Self { _app: App::mount_with(page, config, view).await, auth, end }
    }

    fn is_warned(&self) -> bool {
        self.end.last().is_some()
    }
}

fn with_idle_limit(page: &Page, limit: Duration) -> AuthConfig {
    let mut policy = RefreshPolicy::default();
    policy.idle_limit = Some(limit);
    page.config().with_policy(policy)
}

#[wasm_bindgen_test]
async fn an_absolute_end_is_warned_of_once_and_a_new_sign_in_removes_the_warning() {
    let page = Page::open().await;
    let backend = Backend::start();
    let tab = Tab::open(&page, page.config()).await;
    backend.set_session_end(page.now() + Duration::from_secs(1_000));
    sign_in(&page, &tab.auth).await;
    let renders = tab.end.renders();
    page.advance_secs(879).await;
    assert_eq!((tab.is_warned(), tab.end.renders()), (false, renders));
    page.advance_secs(2).await;
    let end = tab.end.last().unwrap();
    assert_eq!(end.cause(), EndCause::Absolute);
    assert_eq!(end.at().duration_since(page.now()).as_secs(), 119);
    page.advance_secs(60).await;
    assert_eq!(tab.end.renders(), renders + 1, "the countdown is the app's");
    backend.set_session_end(page.now() + Duration::from_secs(10_000));
    sign_in(&page, &tab.auth).await;
    assert!(!tab.is_warned());
}

#[wasm_bindgen_test]
async fn an_idle_end_is_postponed_by_staying_signed_in_and_by_another_tabs_activity() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let tab = Tab::open(&page, with_idle_limit(&page, LIMIT)).await;
    let other = Tab::open(&page, with_idle_limit(&page, LIMIT)).await;
    sign_in(&page, &tab.auth).await;
    page.advance_secs(481).await;
    assert!(tab.is_warned() && other.is_warned());
    assert_eq!(tab.end.last().unwrap().cause(), EndCause::Idle);
    tab.end.last().unwrap().stay_signed_in();
    page.advance_secs(20).await;
    assert!(!tab.is_warned() && !other.is_warned());
    page.advance_secs(LIMIT.as_secs() - 30).await;
    assert!(tab.auth.last().session().is_some() && tab.is_warned());
    page.advance_secs(30).await;
    assert!(tab.auth.last().session().is_none() && !tab.is_warned(), "an end that has come is no warning any more");
}

#[wasm_bindgen_test]
async fn an_active_user_is_not_warned() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let tab = Tab::open(&page, with_idle_limit(&page, LIMIT)).await;
    sign_in(&page, &tab.auth).await;
    let renders = tab.end.renders();
    for _ in 0..5 {
        page.advance_secs(400).await;
        page.press_key();
        page.settle().await;
    }
    assert_eq!(tab.end.renders(), renders);
}

#[wasm_bindgen_test]
async fn a_short_idle_limit_is_warned_of_at_its_half() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let tab = Tab::open(&page, with_idle_limit(&page, Duration::from_secs(60))).await;
    sign_in(&page, &tab.auth).await;
    page.advance_secs(29).await;
    assert!(!tab.is_warned());
    page.advance_secs(2).await;
    assert!(tab.is_warned());
}

#[wasm_bindgen_test]
async fn a_dismissed_warning_does_not_return_for_the_same_end() {
    let page = Page::open().await;
    let backend = Backend::start();
    let tab = Tab::open(&page, page.config()).await;
    backend.set_session_end(page.now() + Duration::from_secs(1_000));
    sign_in(&page, &tab.auth).await;
    page.advance_secs(900).await;
    tab.end.last().unwrap().dismiss();
    page.advance_secs(60).await;
    assert!(!tab.is_warned() && tab.auth.last().session().is_some());
}

#[wasm_bindgen_test]
async fn a_session_that_refreshes_extend_gets_no_warning() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let tab = Tab::open(&page, page.config()).await;
    sign_in(&page, &tab.auth).await;
    let renders = tab.end.renders();
    page.advance_secs(3_600).await;
    assert_eq!(tab.end.renders(), renders);
}
