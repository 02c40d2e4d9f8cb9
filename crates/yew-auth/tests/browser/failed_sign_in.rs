//! A sign-in that fails while somebody is signed in: before a session's end, a page offers a new one.

use yew_auth::{Login, RequestError};

use crate::backend::{Backend, LOGIN, LOGOUT, PASSWORD, USER};
use crate::page::Page;
use crate::probe::{auth_app, signed_in};
use crate::reply::{Gate, Reply};
use crate::transport::over_each_transport;

over_each_transport! {
    c9_a_sign_in_that_fails_leaves_the_session_in_every_tab,
    c9_a_sign_in_without_a_network_leaves_the_session_in_every_tab,
    c9_a_sign_in_that_times_out_leaves_the_session,
    c9_a_sign_in_whose_answer_is_lost_leaves_the_session_of_the_same_person,
}

async fn c9_a_sign_in_that_fails_leaves_the_session_in_every_tab(page: Page) {
    let faults: [fn() -> Reply; 7] = [
        || Reply::html(503),
        || Reply::html(500),
        || Reply::html(502),
        || Reply::html(504),
        || Reply::html(429),
        Reply::network_error,
        || Reply::html(200),
    ];
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    for fault in faults {
        backend.on(LOGIN, move |_| fault());
        assert!(seen.last().sign_in(Login::new("demo", PASSWORD)).await.is_err());
        page.advance_secs(21).await;
        assert!(seen.last().session().is_some() && other.last().session().is_some());
        seen.last().reload_user().await.unwrap();
    }
    assert_eq!(backend.count(LOGOUT), 0);
}

async fn c9_a_sign_in_without_a_network_leaves_the_session_in_every_tab(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    page.set_online(false).await;
    assert_eq!(seen.last().sign_in(Login::new("demo", PASSWORD)).await, Err(RequestError::Offline));
    page.advance_secs(60).await;
    page.set_online(true).await;
    page.advance_secs(60).await;
    assert!(seen.last().session().is_some() && other.last().session().is_some());
    seen.last().reload_user().await.unwrap();
    assert_eq!(backend.count(LOGOUT), 0);
}

async fn c9_a_sign_in_that_times_out_leaves_the_session(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.on(LOGIN, |_| Reply::html(200).behind(&Gate::new()));
    let auth = seen.last();
    let task = crate::task::Task::start(async move { auth.sign_in(Login::new("demo", PASSWORD)).await });
    page.advance_secs(16).await;
    assert_eq!(task.result(), Err(RequestError::TimedOut));
    assert!(seen.last().session().is_some());
    assert_eq!(backend.count(LOGOUT), 0);
}

async fn c9_a_sign_in_whose_answer_is_lost_leaves_the_session_of_the_same_person(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let late = backend.clone();
    backend.on(LOGIN, move |_| {
        late.grant();
        Reply::network_error()
    });
    assert_eq!(seen.last().sign_in(Login::new("demo", PASSWORD)).await, Err(RequestError::Unreachable));
    page.advance_secs(1).await;
    assert!(seen.last().session().is_some());
    seen.last().reload_user().await.unwrap();
    assert!(backend.count(USER) > 0);
}
