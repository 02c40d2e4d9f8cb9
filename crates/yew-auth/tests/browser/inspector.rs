//! The session inspector.

#![cfg(feature = "inspector")]

use std::time::Duration;

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::SessionInspector;

use crate::app::App;
use crate::backend::{Backend, SECRET};
use crate::page::{self, Page};
use crate::probe::{AuthProbe, Seen, auth_app, sign_in};

#[wasm_bindgen_test]
async fn t1_the_inspector_shows_what_the_session_did_and_no_token() {
    let page = Page::open().await;
    let backend = Backend::start();
    let seen = Seen::new();
    let probe = seen.clone();
    let app = App::mount(&page, move || html! { <><AuthProbe seen={probe.clone()} /><SessionInspector /></> }).await;
    assert!(app.text().contains("No: you have not signed in"), "{}", app.text());
    sign_in(&page, &seen).await;
    for fact in ["demo (demo)", "in 3 min 59 s", "access [redacted], refresh [redacted]", "Signed in"] {
        assert!(app.text().contains(fact), "{fact}: {}", app.text());
    }
    page.advance_secs(240).await;
    assert!(
        app.text().contains("Refresh sent") && app.text().contains("Refreshed: now at version 1800000000001"),
        "{}",
        app.text()
    );
    seen.last().sign_out();
    page.settle().await;
    assert!(app.text().contains("The session ended: you signed out"), "{}", app.text());
    assert!(backend.issued().iter().all(|token| !app.html().contains(token)) && !app.html().contains(SECRET));
}

#[wasm_bindgen_test]
async fn a_time_of_another_day_is_shown_with_its_date() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let seen = Seen::new();
    let probe = seen.clone();
    let app = App::mount(&page, move || html! { <><AuthProbe seen={probe.clone()} /><SessionInspector /></> }).await;
    sign_in(&page, &seen).await;
    let in_a_week = page::now() + Duration::from_secs(7 * 86_400);
    let day = String::from(js_sys::Date::new(&(in_a_week.as_millis() as f64).into()).to_date_string());
    assert!(app.text().contains(&format!(" on {day}, in 7 d 0 h")), "{}", app.text());
    let today = String::from(js_sys::Date::new(&(page::now().as_millis() as f64).into()).to_date_string());
    assert!(!app.text().contains(&today), "{}", app.text());
}

#[wasm_bindgen_test]
async fn a_change_by_another_tab_is_shown_as_taken_over() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = App::mount(&page, || html! { <SessionInspector /> }).await;
    let (_other, other) = auth_app(&page).await;
    sign_in(&page, &other).await;
    page.advance_secs(20).await;
    assert!(app.text().contains("Took over session version 1800000000000 from another tab"), "{}", app.text());
}
