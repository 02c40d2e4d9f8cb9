//! An endpoint that answers 401 whatever token is sent.

use yew_auth::{Connection, RequestError};

use crate::backend::{Backend, POSTS, REFRESH, USER, not_valid};
use crate::page::Page;
use crate::poll::PollApp;
use crate::reply::Reply;
use crate::transport::over_each_transport;

over_each_transport! {
    c21_while_the_refresh_is_down_only_the_endpoint_that_answers_401_suffers,
    c21_a_fresh_token_that_one_endpoint_refuses_again_is_not_renewed_at_each_request,
    c21_an_endpoint_that_has_recovered_counts_again,
}

async fn c21_while_the_refresh_is_down_only_the_endpoint_that_answers_401_suffers(page: Page) {
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.advance_secs(6).await;
    backend.on(REFRESH, |_| Reply::html(503));
    backend.on(USER, |_| not_valid());
    let auth = app.auth.last();
    assert!(matches!(auth.reload_user().await, Err(RequestError::UnexpectedBody(_))));
    page.advance_secs(60).await;
    let polls = backend.count(POSTS);
    assert!(polls >= 6, "{polls}");
    assert!(app.poll.last().error.is_none(), "{:?}", app.poll.last().error);
    assert!(app.auth.last().session().is_some());
}

async fn c21_a_fresh_token_that_one_endpoint_refuses_again_is_not_renewed_at_each_request(page: Page) {
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.advance_secs(6).await;
    backend.on(USER, |_| not_valid());
    for _ in 0..5 {
        let refusal = app.auth.last().reload_user().await.unwrap_err();
        assert!(matches!(refusal, RequestError::Status(rejection) if rejection.status == 401));
        page.advance_secs(10).await;
    }
    assert_eq!(backend.count(REFRESH), 1, "one to find out");
    assert_eq!((app.poll.last().error, app.auth.last().connection()), (None, Connection::Good));
}

async fn c21_an_endpoint_that_has_recovered_counts_again(page: Page) {
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.advance_secs(6).await;
    backend.on(USER, |_| not_valid());
    assert!(app.auth.last().reload_user().await.is_err());
    backend.restore_sessions();
    app.auth.last().reload_user().await.unwrap();
    page.advance_secs(6).await;
    backend.reject_access_token();
    app.auth.last().reload_user().await.unwrap();
    assert_eq!(backend.count(REFRESH), 2);
}
