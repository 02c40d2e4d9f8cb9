//! `use_poll` without faults.

use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{UseAuthHandle, UsePollHandle};

use crate::app::App;
use crate::backend::{Backend, POSTS};
use crate::page::Page;
use crate::probe::{AuthProbe, Names, PollProbe, Seen, sign_in};
use crate::reply::{Gate, Reply};

/// An app that polls every ten seconds.
pub struct PollApp {
    pub app: App,
    pub auth: Seen<UseAuthHandle>,
    pub poll: Seen<UsePollHandle<Names>>,
    pub child: Seen<()>,
}

impl PollApp {
    pub async fn mount(page: &Page) -> Self {
        let (auth, poll, child) = (Seen::new(), Seen::new(), Seen::new());
        let (auth_probe, poll_probe, child_probe) = (auth.clone(), poll.clone(), child.clone());
        let view = move || {
            html! {
                <>
                    <AuthProbe seen={auth_probe.clone()} />
                    <PollProbe seen={poll_probe.clone()} child={child_probe.clone()} />
                </>
            }
        };
        Self { app: App::mount(page, view).await, auth, poll, child }
    }

    pub async fn signed_in(page: &Page) -> Self {
        let app = Self::mount(page).await;
        sign_in(page, &app.auth).await;
        app
    }

    pub fn data(&self) -> Rc<Names> {
        self.poll.last().data.unwrap()
    }
}

#[wasm_bindgen_test]
async fn the_first_render_says_that_the_data_is_loading() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    let all = app.poll.all();
    assert!(!all[0].is_loading, "nobody was signed in");
    let without_data = all.iter().skip_while(|poll| !poll.is_loading).take_while(|poll| poll.data.is_none());
    assert!(without_data.clone().count() > 0 && without_data.clone().all(|poll| poll.is_loading && poll.is_validating));
}

#[wasm_bindgen_test]
async fn a_poll_of_the_longest_interval_reads_its_data_once() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (auth, poll) = (Seen::new(), Seen::new());
    let (auth_probe, poll_probe) = (auth.clone(), poll.clone());
    let view = move || {
        html! {
            <>
                <AuthProbe seen={auth_probe.clone()} interval={Duration::MAX} />
                <PollProbe seen={poll_probe.clone()} interval={Duration::MAX} />
            </>
        }
    };
    let _app = App::mount(&page, view).await;
    sign_in(&page, &auth).await;
    page.advance_secs(120).await;
    assert_eq!(backend.count(POSTS), 1);
    assert!(poll.last().data.is_some());
}

#[wasm_bindgen_test]
async fn data_is_read_at_once_and_then_every_interval() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    assert_eq!(*app.data(), ["first", "second"]);
    assert_eq!(backend.count(POSTS), 1);
    page.advance_secs(30).await;
    assert_eq!(backend.count(POSTS), 4);
}

#[wasm_bindgen_test]
async fn it_is_loading_until_the_first_data_and_validating_during_each_poll() {
    let page = Page::open().await;
    let backend = Backend::start();
    let gate = Gate::new();
    let held = gate.clone();
    backend.on(POSTS, move |_| Reply::ok(&["first"]).behind(&held));
    let app = PollApp::signed_in(&page).await;
    let first = app.poll.last();
    assert!(first.is_loading && first.is_validating && first.data.is_none());
    gate.open();
    page.settle().await;
    let then = app.poll.last();
    assert!(!then.is_loading && !then.is_validating && then.data.is_some());
    backend.on(POSTS, |_| Reply::ok(&["second"]).behind(&Gate::new()));
    page.advance_secs(10).await;
    let later = app.poll.last();
    assert!(!later.is_loading && later.is_validating && later.data.is_some());
}

#[wasm_bindgen_test]
async fn the_age_of_the_data_counts_from_its_last_confirmation() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.advance_secs(14).await;
    assert_eq!(app.poll.last().updated_at, Some(page.now() - Duration::from_secs(4)));
    assert_eq!(app.poll.last().age(), Some(Duration::from_secs(4)));
}

#[wasm_bindgen_test]
async fn a_304_keeps_the_data_and_renders_no_child() {
    let page = Page::open().await;
    let backend = Backend::start();
    backend.on(POSTS, |request| match request.header("if-none-match") {
        Some("\"v1\"") => Reply::not_modified().header("etag", "\"v1\""),
        _ => Reply::ok(&["first"]).header("etag", "\"v1\""),
    });
    let app = PollApp::signed_in(&page).await;
    let (data, renders) = (app.data(), app.child.renders());
    page.advance_secs(30).await;
    assert_eq!(backend.count(POSTS), 4);
    assert_eq!(backend.last(POSTS).header("if-none-match"), Some("\"v1\""));
    assert!(Rc::ptr_eq(&data, &app.data()));
    assert_eq!(app.child.renders(), renders);
    assert_eq!(app.poll.last().updated_at, Some(page.now()));
}

#[wasm_bindgen_test]
async fn equal_data_keeps_its_identity_and_changed_data_does_not() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    let (data, renders) = (app.data(), app.child.renders());
    page.advance_secs(10).await;
    assert!(Rc::ptr_eq(&data, &app.data()));
    assert_eq!(app.child.renders(), renders);
    backend.on(POSTS, |_| Reply::ok(&["first", "second", "third"]));
    page.advance_secs(10).await;
    assert_eq!(app.data().len(), 3);
    assert_eq!(app.child.renders(), renders + 1);
}

#[wasm_bindgen_test]
async fn two_components_of_one_path_share_one_request_and_its_data() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (auth, one, other) = (Seen::new(), Seen::new(), Seen::new());
    let (auth_probe, one_probe, other_probe) = (auth.clone(), one.clone(), other.clone());
    let view = move || {
        html! {
            <>
                <AuthProbe seen={auth_probe.clone()} />
                <PollProbe seen={one_probe.clone()} interval={Duration::from_secs(30)} />
                <PollProbe seen={other_probe.clone()} />
            </>
        }
    };
    let _app = App::mount(&page, view).await;
    sign_in(&page, &auth).await;
    assert_eq!(backend.count(POSTS), 1);
    assert!(Rc::ptr_eq(&one.last().data.unwrap(), &other.last().data.unwrap()));
    page.advance_secs(30).await;
    assert_eq!(backend.count(POSTS), 4, "the shorter interval counts for both");
}

#[wasm_bindgen_test]
async fn revalidating_polls_at_once_but_never_beside_another_poll() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    app.poll.last().revalidate();
    page.settle().await;
    assert_eq!(backend.count(POSTS), 2);
    let gate = Gate::new();
    let held = gate.clone();
    backend.on(POSTS, move |_| Reply::ok(&["third"]).behind(&held));
    app.poll.last().revalidate();
    app.poll.last().revalidate();
    page.settle().await;
    assert_eq!(backend.count(POSTS), 3);
    app.poll.last().revalidate();
    page.settle().await;
    assert_eq!(backend.count(POSTS), 3);
    gate.open();
    page.settle().await;
    assert_eq!(backend.count(POSTS), 4);
}

#[wasm_bindgen_test]
async fn f1_polls_do_not_overlap_however_slow_the_backend_is() {
    let page = Page::open().await;
    let backend = Backend::start();
    let auth = Seen::new();
    let probe = auth.clone();
    let view = move || html! { <><AuthProbe seen={probe.clone()} /><PollProbe seen={Seen::new()} /></> };
    let config = page.config().with_request_timeout(Duration::from_secs(3600));
    let _app = App::mount_with(&page, config, view).await;
    let gate = Gate::new();
    let held = gate.clone();
    backend.on(POSTS, move |_| Reply::ok(&["slow"]).behind(&held));
    sign_in(&page, &auth).await;
    page.advance_secs(90).await;
    assert_eq!(backend.count(POSTS), 1);
    gate.open();
    page.advance_secs(9).await;
    assert_eq!(backend.count(POSTS), 1);
    page.advance_secs(1).await;
    assert_eq!(backend.count(POSTS), 2);
}

#[wasm_bindgen_test]
async fn i2_a_poll_never_carries_an_expired_token() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.advance_secs(1200).await;
    assert_eq!(backend.count(POSTS), 121);
    assert!(app.poll.all().iter().all(|poll| poll.error.is_none()));
}

#[wasm_bindgen_test]
async fn a_path_that_changes_shows_nothing_of_the_one_before() {
    let page = Page::open().await;
    let backend = Backend::start();
    backend.on("GET /api/posts/?page=2", |_| Reply::ok(&["other"]).behind(&Gate::new()));
    let mut app = PollApp::signed_in(&page).await;
    let second = Seen::new();
    let probe = second.clone();
    app.app.show(&page, move || html! { <PollProbe seen={probe.clone()} path="/api/posts/?page=2" /> }).await;
    assert!(second.all().iter().all(|poll: &UsePollHandle<Names>| poll.data.is_none()));
    page.advance_secs(10).await;
    assert_eq!(backend.count(POSTS), 1);
}
