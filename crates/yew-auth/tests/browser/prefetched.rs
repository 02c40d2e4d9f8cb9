//! The answer to a request that a script in the page's head has sent before the app ran.

use std::time::Duration;

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{Backend, POSTS, REFRESH};
use crate::page::Page;
use crate::poll::PollApp;
use crate::probe::signed_in;
use crate::reply::Reply;
use crate::transport::Transport;

/// A page on which somebody has signed in, that is being loaded again.
async fn reloading() -> (Page, Backend) {
    let page = Page::open_over(Transport::Cookie).await;
    let backend = Backend::start();
    let (app, _seen) = signed_in(&page).await;
    app.close(&page).await;
    (page, backend)
}

/// What the script leaves for the library.
struct Planted(Object);

impl Planted {
    /// A request that the permit allows, in flight until `done` settles.
    fn new(page: &Page, done: &Promise) -> Self {
        let permit: Value = serde_json::from_str(&page.prefetch_permit().unwrap()).unwrap();
        let planted = Self(Object::new());
        planted.set("path", &"/api/posts/".into());
        planted.set("generation", &permit["generation"].as_f64().unwrap().into());
        planted.set("user", &permit["user"].as_str().unwrap().into());
        planted.set("startedAt", &now().into());
        planted.set("cancel", &Function::new_no_args("this.isCancelled = true").bind0(&planted.0));
        planted.set("done", done);
        Reflect::set(&window(), &"yewAuthPrefetch".into(), &planted.0).unwrap();
        planted
    }

    /// One that is answered.
    fn answered(page: &Page, status: u16, content_type: &str, body: &str) -> Self {
        let planted = Self::new(page, &Promise::resolve(&JsValue::UNDEFINED));
        planted.answer(status, content_type, body);
        planted
    }

    fn answer(&self, status: u16, content_type: &str, body: &str) {
        let answer = Self(Object::new());
        answer.set("status", &status.into());
        answer.set("type", &content_type.into());
        answer.set("etag", &"\"early\"".into());
        answer.set("body", &Uint8Array::from(body.as_bytes()));
        self.set("answer", &answer.0);
        self.set("answeredAt", &now().into());
    }

    fn set(&self, property: &str, value: &JsValue) {
        Reflect::set(&self.0, &property.into(), value).unwrap();
    }

    fn is_cancelled(&self) -> bool {
        Reflect::get(&self.0, &"isCancelled".into()).unwrap().is_truthy()
    }
}

fn window() -> web_sys::Window {
    web_sys::window().unwrap()
}

fn now() -> f64 {
    window().performance().unwrap().now()
}

const JSON: &str = "application/json";

#[wasm_bindgen_test]
async fn an_answer_that_is_there_is_in_the_first_render_and_counts_as_the_first_poll() {
    let (page, backend) = reloading().await;
    let _planted = Planted::answered(&page, 200, JSON, r#"["early"]"#);
    let app = PollApp::mount(&page).await;
    let first = &app.poll.all()[0];
    assert_eq!(first.data.as_deref(), Some(&vec!["early".to_owned()]));
    assert!(!first.is_loading && !first.is_validating && first.updated_at.is_some());
    assert_eq!(backend.count(POSTS), 0);
    page.advance_secs(10).await;
    assert_eq!(backend.count(POSTS), 1);
    assert_eq!(backend.last(POSTS).header("if-none-match"), Some("\"early\""));
}

#[wasm_bindgen_test]
async fn an_answer_that_is_on_its_way_is_waited_for_and_not_asked_for_again() {
    let (page, backend) = reloading().await;
    let mut settle = None;
    let done = Promise::new(&mut |resolve, _| settle = Some(resolve));
    let planted = Planted::new(&page, &done);
    let app = PollApp::mount(&page).await;
    assert!(app.poll.last().is_loading);
    planted.answer(200, JSON, r#"["early"]"#);
    settle.unwrap().call0(&JsValue::NULL).unwrap();
    page.settle().await;
    assert_eq!(*app.data(), ["early"]);
    assert_eq!(backend.count(POSTS), 0);
}

#[wasm_bindgen_test]
async fn what_is_no_answer_that_the_app_expects_is_left_and_asked_for_anew() {
    for (status, content_type, body) in [
        (401, JSON, r#"{"detail": "no"}"#),
        (304, JSON, ""),
        (200, "text/html", r#"["early"]"#),
        (200, JSON, r#"{"not": "names"}"#),
        (200, JSON, "[\"cut off"),
        (503, JSON, r#"["early"]"#),
    ] {
        let (page, backend) = reloading().await;
        let planted = Planted::answered(&page, status, content_type, body);
        let app = PollApp::mount(&page).await;
        assert_eq!(*app.data(), ["first", "second"], "{status} {content_type} {body}");
        assert_eq!((backend.count(POSTS), backend.count(REFRESH)), (1, 0), "{status} {content_type} {body}");
        assert!(planted.is_cancelled());
    }
}

#[wasm_bindgen_test]
async fn the_answer_for_another_user_or_another_state_of_the_session_is_never_shown() {
    for (property, value) in [("generation", JsValue::from_f64(7_000.0)), ("user", "somebody else".into())] {
        let (page, backend) = reloading().await;
        let planted = Planted::answered(&page, 200, JSON, r#"["theirs"]"#);
        planted.set(property, &value);
        let app = PollApp::mount(&page).await;
        assert!(
            app.poll.all().iter().all(|poll| poll.data.as_deref() != Some(&vec!["theirs".to_owned()])),
            "{property}"
        );
        assert_eq!((backend.count(POSTS), planted.is_cancelled()), (1, true), "{property}");
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_has_lain_there_for_long_is_asked_for_anew() {
    let (page, backend) = reloading().await;
    let _planted = Planted::answered(&page, 200, JSON, r#"["early"]"#);
    page.advance_secs(11).await;
    let app = PollApp::mount(&page).await;
    assert_eq!(*app.data(), ["first", "second"]);
    assert_eq!(backend.count(POSTS), 1);
}

#[wasm_bindgen_test]
async fn a_request_that_fails_or_hangs_is_sent_again_when_the_apps_own_would_be() {
    let (page, backend) = reloading().await;
    let _planted = Planted::new(&page, &Promise::reject(&"lost".into()));
    let app = PollApp::mount(&page).await;
    assert_eq!((backend.count(POSTS), app.poll.last().error.is_none()), (1, true));
    app.app.close(&page).await;
    // Aborting settles the promise.
    let mut settle = None;
    let done = Promise::new(&mut |resolve, _| settle = Some(resolve));
    let planted = Planted::new(&page, &done);
    planted.set("cancel", &settle.unwrap());
    let app = PollApp::mount(&page).await;
    page.advance_secs(14).await;
    assert_eq!(backend.count(POSTS), 1);
    page.advance(Duration::from_secs(1)).await;
    assert_eq!(backend.count(POSTS), 2);
    assert_eq!(*app.data(), ["first", "second"]);
}

#[wasm_bindgen_test]
async fn what_the_script_leaves_may_be_anything() {
    for value in [JsValue::NULL, 7.into(), Object::new().into(), Planted(Object::new()).0.unchecked_into()] {
        let (page, backend) = reloading().await;
        Reflect::set(&window(), &"yewAuthPrefetch".into(), &value).unwrap();
        let app = PollApp::mount(&page).await;
        assert_eq!((backend.count(POSTS), app.data().len()), (1, 2));
    }
    let (page, backend) = reloading().await;
    let planted = Planted(Object::new());
    planted.set("path", &"/api/posts/".into());
    planted.set("generation", &"seven".into());
    planted.set("answer", &JsValue::TRUE);
    Reflect::set(&window(), &"yewAuthPrefetch".into(), &planted.0).unwrap();
    let app = PollApp::mount(&page).await;
    assert_eq!((backend.count(POSTS), app.data().len()), (1, 2));
}

#[wasm_bindgen_test]
async fn a_token_that_is_refreshed_first_is_refreshed_once() {
    let (page, backend) = reloading().await;
    // The token lives for 300 s. The script has asked just before its margin, the app starts within it.
    page.advance_secs(230).await;
    let _planted = Planted::answered(&page, 200, JSON, r#"["early"]"#);
    page.advance_secs(9).await;
    let app = PollApp::mount(&page).await;
    assert_eq!(*app.data(), ["early"]);
    page.advance_secs(30).await;
    assert_eq!(backend.count(REFRESH), 1);
}

#[wasm_bindgen_test]
async fn the_same_bytes_again_render_nothing() {
    let page = Page::open_over(Transport::Cookie).await;
    let backend = Backend::start();
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    let app = PollApp::signed_in(&page).await;
    let (data, renders) = (app.data(), app.child.renders());
    page.advance_secs(20).await;
    assert_eq!(backend.count(POSTS), 3);
    assert!(std::rc::Rc::ptr_eq(&data, &app.data()));
    assert_eq!(app.child.renders(), renders);
}
