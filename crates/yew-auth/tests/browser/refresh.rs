//! Refreshes, which components normally do not notice.

use std::time::Duration;

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{Connection, DEFAULT_INTERVAL, Degradation};

use crate::app::App;
use crate::backend::{Backend, POSTS, REFRESH};
use crate::page::Page;
use crate::probe::{AuthProbe, ClientProbe, Names, Seen, sign_in, signed_in};
use crate::reply::Reply;
use crate::transport::over_each_transport;

over_each_transport! {
    a_token_is_refreshed_once_in_its_lifetime_and_no_component_renders,
    a_sync_renders_nothing_and_sends_nothing,
    f4_a_refresh_waits_as_long_as_retry_after_says,
    f8_after_ten_minutes_offline_one_refresh_restores_everything,
}

async fn a_token_is_refreshed_once_in_its_lifetime_and_no_component_renders(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let renders = seen.renders();
    page.advance_secs(5 * 240).await;
    assert_eq!(backend.count(REFRESH), 5);
    assert_eq!(seen.renders(), renders);
}

async fn a_sync_renders_nothing_and_sends_nothing(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (renders, requests, fired) = (seen.renders(), backend.total(), page.timers_fired());
    page.advance(DEFAULT_INTERVAL * 10).await;
    assert!(page.timers_fired() >= fired + 10, "the session was not looked after");
    assert_eq!((seen.renders(), backend.total()), (renders, requests));
}

#[wasm_bindgen_test]
async fn each_refresh_presents_the_newest_refresh_token() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, _seen) = signed_in(&page).await;
    page.advance_secs(3 * 240).await;
    let presented: Vec<_> = backend.requests(REFRESH).iter().map(|request| request.json()["refresh"].clone()).collect();
    let issued = backend.issued();
    assert_eq!(presented, [issued[1].as_str(), &issued[3], &issued[5]]);
}

#[wasm_bindgen_test]
async fn t6_a_token_that_lives_until_2099_makes_no_hot_loop() {
    let page = Page::open().await;
    let backend = Backend::start();
    backend.set_access_lifetime(Duration::from_secs(75 * 365 * 86_400));
    let seen = Seen::new();
    let probe = seen.clone();
    let interval = Duration::MAX;
    let _app = App::mount(&page, move || html! { <AuthProbe seen={probe.clone()} {interval} /> }).await;
    sign_in(&page, &seen).await;
    let fired = page.timers_fired();
    page.advance_secs(86_400).await;
    assert_eq!(page.timers_fired() - fired, 0);
    assert_eq!(backend.count(REFRESH), 0);
}

#[wasm_bindgen_test]
async fn f3_f5_a_transient_refresh_failure_keeps_the_session() {
    let answers: [(fn() -> Reply, Degradation); 7] = [
        (|| Reply::html(502), Degradation::BadAnswer),
        (|| Reply::html(200), Degradation::BadAnswer),
        (|| Reply::text(200, r#"{"access":"ab"#), Degradation::BadAnswer),
        (|| Reply::text(200, r#"{"detail":"an error that is dressed as an answer"}"#), Degradation::BadAnswer),
        (|| Reply::html(403), Degradation::BadAnswer),
        (|| Reply::html(401), Degradation::BadAnswer),
        (Reply::network_error, Degradation::Unreachable),
    ];
    for (answer, cause) in answers {
        let page = Page::open().await;
        let backend = Backend::start();
        let (_app, seen) = signed_in(&page).await;
        backend.on(REFRESH, move |_| answer());
        page.advance_secs(235).await;
        assert_eq!(seen.last().connection(), Connection::Degraded(cause));
        assert!(seen.last().session().is_some());
        backend.restore_sessions();
        page.advance_secs(60).await;
        assert_eq!(seen.last().connection(), Connection::Good);
        assert!(seen.last().session().is_some());
    }
}

async fn f4_a_refresh_waits_as_long_as_retry_after_says(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.on(REFRESH, |_| Reply::text(429, "{}").header("retry-after", "120"));
    page.advance_secs(235).await;
    assert_eq!(seen.last().connection(), Connection::Degraded(Degradation::RateLimited));
    assert_eq!(backend.count(REFRESH), 1);
    backend.restore_sessions();
    page.set_visible(true).await;
    page.advance_secs(115).await;
    assert_eq!(backend.count(REFRESH), 1, "waking the page is no excuse");
    page.advance_secs(30).await;
    assert_eq!(backend.count(REFRESH), 2);
    assert_eq!(seen.last().connection(), Connection::Good);
}

async fn f8_after_ten_minutes_offline_one_refresh_restores_everything(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    page.set_online(false).await;
    assert_eq!(seen.last().connection(), Connection::Degraded(Degradation::Offline));
    page.advance_secs(600).await;
    assert_eq!(backend.count(REFRESH), 0);
    page.set_online(true).await;
    assert_eq!(backend.count(REFRESH), 1);
    assert_eq!(seen.last().connection(), Connection::Good);
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn f10_after_a_jump_of_the_wall_clock_a_request_waits_for_a_fresh_token() {
    for secs in [-3600.0, 3600.0] {
        let page = Page::open().await;
        let backend = Backend::start();
        let (auth, client) = (Seen::new(), Seen::new());
        let (auth_probe, client_probe) = (auth.clone(), client.clone());
        let view = move || {
            html! { <><AuthProbe seen={auth_probe.clone()} /><ClientProbe seen={client_probe.clone()} /></> }
        };
        let _app = App::mount(&page, view).await;
        sign_in(&page, &auth).await;
        page.advance_secs(40).await;
        page.jump_wall_clock(secs);
        assert!(client.last().get::<Names>("/api/posts/").await.is_ok());
        assert_eq!((backend.count(REFRESH), backend.count(POSTS)), (1, 1), "a jump of {secs} s");
    }
}

#[wasm_bindgen_test]
async fn the_shortest_interval_of_all_components_counts() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let seen = Seen::new();
    let probe = seen.clone();
    let view = move || {
        html! {
            <>
                <AuthProbe seen={probe.clone()} interval={Duration::from_secs(3)} />
                <AuthProbe seen={Seen::new()} interval={Duration::from_secs(50)} />
            </>
        }
    };
    let _app = App::mount(&page, view).await;
    sign_in(&page, &seen).await;
    // Without an event, the page has to find out by its sync.
    page.remove_record();
    page.advance_secs(4).await;
    assert!(seen.last().session().is_none());
}
