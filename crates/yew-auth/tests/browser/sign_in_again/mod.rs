//! A page whose session ends: it is kept out of the document, and resumed or given up.

mod document;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{
    AuthorizedClient, RefreshPolicy, RequestError, SessionProps, SignInAgain, UseAuthHandle, WithAuth, use_auth,
    use_authorized_client, use_poll,
};

use crate::app::App;
use crate::backend::{Backend, POSTS, USER};
use crate::page::Page;
use crate::probe::{AuthProbe, Names, Seen, auth_app, sign_in};
use crate::reply::Reply;
use crate::task::Task;

const PATCH: &str = "PATCH /api/auth/user/";
const IDLE_LIMIT: Duration = Duration::from_secs(600);

/// What the test reads from the page, and uses on it.
#[derive(Clone, PartialEq)]
struct Handles {
    auth: Seen<UseAuthHandle>,
    client: Seen<AuthorizedClient>,
    offer: Seen<SignInAgain>,
    /// Makes the page render a line.
    add_line: Seen<Callback<()>>,
    /// How often the page was mounted.
    built: Counter,
}

#[derive(Clone, Default)]
struct Counter(Rc<Cell<u32>>);

impl PartialEq for Counter {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A page with a field, polled data and a client.
#[component]
fn Letters(props: &SessionProps) -> Html {
    let handles = use_context::<Handles>().unwrap();
    let posts = use_poll::<Names>("/api/posts/", Duration::from_secs(10));
    let is_signed_in = use_auth().session().is_some();
    handles.client.add(use_authorized_client());
    use_state(|| handles.built.0.set(handles.built.0.get() + 1));
    let has_line = use_state(|| false);
    let setter = has_line.setter();
    handles.add_line.add(Callback::from(move |()| setter.set(true)));
    html! {
        <>
            <h1>{ "Letters of " }{ props.session.user.display_name() }</h1>
            <p>{ format!("signed in: {is_signed_in}, error: {}, ", posts.error.is_some()) }</p>
            <input />
            if *has_line { <hr /> }
            <pre style="height: 50px; overflow: auto">{ ["line"; 99].join("\n") }</pre>
            { for posts.data.iter().flat_map(|posts| posts.iter()).map(|post| html! { <p>{ post }</p> }) }
        </>
    }
}

async fn letters_app(page: &Page, offers: bool) -> (App, Handles) {
    let handles = Handles {
        auth: Seen::new(),
        client: Seen::new(),
        offer: Seen::new(),
        add_line: Seen::new(),
        built: Counter::default(),
    };
    let given = handles.clone();
    let offer = handles.offer.clone();
    let sign_in_again = offers.then(|| {
        Callback::from(move |again: SignInAgain| {
            offer.add(again.clone());
            html! { <p>{ "Sign in again" }</p> }
        })
    });
    let view = move || {
        html! {
            <ContextProvider<Handles> context={given.clone()}>
                <AuthProbe seen={given.auth.clone()} />
                <WithAuth<Letters> on_sign_in={Callback::noop()} sign_in_again={sign_in_again.clone()} />
            </ContextProvider<Handles>>
        }
    };
    let mut policy = RefreshPolicy::default();
    policy.idle_limit = Some(IDLE_LIMIT);
    let app = App::mount_with(page, page.config().with_policy(policy), view).await;
    sign_in(page, &handles.auth).await;
    page.advance_secs(6).await;
    app.type_text("half a sentence");
    (app, handles)
}

/// Accepts a change and returns it.
fn take_patches(backend: &Backend) {
    backend.on(PATCH, |request| Reply::ok(&json!({ "took": request.json()["first_name"] })));
}

fn start_patch(handles: &Handles) -> Task<Result<Value, RequestError>> {
    let client = handles.client.last();
    Task::start(async move { client.patch("/api/auth/user/", &json!({ "first_name": "Ada" })).await })
}

/// The session ends at the backend. The page learns of it when it saves a change.
async fn revoked_while_saving(page: &Page, backend: &Backend, handles: &Handles) -> Task<Result<Value, RequestError>> {
    backend.end_session();
    let patch = start_patch(handles);
    page.settle().await;
    assert!(!patch.is_done(), "it waits for a sign-in");
    patch
}

/// All that a person could find, also in the developer tools.
fn document_html() -> String {
    let document = web_sys::window().unwrap().document().unwrap().document_element().unwrap();
    let copy: web_sys::Element = document.clone_node_with_deep(true).unwrap().unchecked_into();
    // The runner prints the names of the tests into the document.
    while let Some(printed) = copy.query_selector("pre").unwrap() {
        printed.remove();
    }
    copy.outer_html()
}

#[wasm_bindgen_test]
async fn the_same_user_continues_where_they_were_and_the_refused_request_is_sent() {
    let page = Page::open().await;
    let backend = Backend::start();
    take_patches(&backend);
    let (app, handles) = letters_app(&page, true).await;
    let patch = revoked_while_saving(&page, &backend, &handles).await;
    let polls = backend.count(POSTS);
    sign_in(&page, &handles.auth).await;
    assert_eq!(patch.result(), Ok(json!({ "took": "Ada" })));
    assert_eq!(backend.count(PATCH), 2, "refused once, taken once");
    assert_eq!(app.typed(), "half a sentence");
    assert_eq!(handles.built.0.get(), 1, "the page was not built anew");
    assert!(!app.text().contains("Sign in again"), "{}", app.html());
    assert_eq!(backend.count(POSTS), polls + 1, "the poll goes on at once");
}

#[wasm_bindgen_test]
async fn a_request_of_a_kept_page_waits_too() {
    let page = Page::open().await;
    let backend = Backend::start();
    take_patches(&backend);
    let (_app, handles) = letters_app(&page, true).await;
    let first = revoked_while_saving(&page, &backend, &handles).await;
    let second = start_patch(&handles);
    page.settle().await;
    assert!(!second.is_done());
    sign_in(&page, &handles.auth).await;
    assert!(first.result().is_ok() && second.result().is_ok());
}

#[wasm_bindgen_test]
async fn s5_another_user_gets_a_new_page_and_the_request_is_not_sent() {
    let page = Page::open().await;
    let backend = Backend::start();
    take_patches(&backend);
    let (app, handles) = letters_app(&page, true).await;
    let patch = revoked_while_saving(&page, &backend, &handles).await;
    backend.set_username("grace");
    sign_in(&page, &handles.auth).await;
    assert!(matches!(patch.result(), Err(RequestError::SignedOut(_) | RequestError::Cancelled)));
    assert_eq!(backend.count(PATCH), 1, "only the one that was refused");
    assert!(app.text().contains("Letters of grace") && !app.html().contains("demo"), "{}", app.html());
    assert_eq!((app.typed().as_str(), handles.built.0.get()), ("", 2));
}

#[wasm_bindgen_test]
async fn a_page_that_is_given_up_is_removed_and_its_requests_fail() {
    let page = Page::open().await;
    let backend = Backend::start();
    take_patches(&backend);
    let (app, handles) = letters_app(&page, true).await;
    let patch = revoked_while_saving(&page, &backend, &handles).await;
    handles.offer.last().give_up();
    page.settle().await;
    assert!(matches!(patch.result(), Err(RequestError::SignedOut(_) | RequestError::Cancelled)));
    assert!(app.text().contains("Access denied") && !app.html().contains("Letters"), "{}", app.html());
    sign_in(&page, &handles.auth).await;
    assert_eq!((app.typed().as_str(), backend.count(PATCH)), ("", 1), "nothing of it comes back");
}

#[wasm_bindgen_test]
async fn a_sign_in_in_another_tab_resumes_the_page() {
    let page = Page::open().await;
    let backend = Backend::start();
    take_patches(&backend);
    let (app, handles) = letters_app(&page, true).await;
    let (_other, other) = auth_app(&page).await;
    let patch = revoked_while_saving(&page, &backend, &handles).await;
    sign_in(&page, &other).await;
    page.advance_secs(20).await;
    assert!(patch.result().is_ok());
    assert_eq!(app.typed(), "half a sentence");
}

#[wasm_bindgen_test]
async fn without_sign_in_again_the_page_is_removed_and_its_requests_fail() {
    let page = Page::open().await;
    let backend = Backend::start();
    backend.on(USER, |_| Reply::ok(&json!({})));
    take_patches(&backend);
    let (app, handles) = letters_app(&page, false).await;
    backend.end_session();
    let patch = start_patch(&handles);
    page.settle().await;
    assert!(patch.is_done());
    assert!(app.text().contains("Your session was ended by the service."), "{}", app.html());
}
