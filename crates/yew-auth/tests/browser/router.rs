//! Sign-in pages of apps that use yew-router.

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{
    RedirectToSignIn, ReturnPath, SessionProps, UseAuthHandle, WithAuth, use_return_after_sign_in, use_return_path,
};
use yew_router::history::{AnyHistory, History, MemoryHistory};
use yew_router::prelude::*;
use yew_router::query::Raw;

use crate::app::App;
use crate::backend::Backend;
use crate::page::Page;
use crate::probe::{AuthProbe, Seen, sign_in};

#[derive(Clone, Debug, PartialEq, Routable)]
enum Route {
    #[at("/")]
    Home,
    #[at("/posts/:id")]
    Post { id: u32 },
    #[at("/sign-in")]
    SignIn,
}

#[component]
fn Post(props: &SessionProps) -> Html {
    html! { <p>{ "A post for " }{ props.session.user.display_name() }</p> }
}

#[component]
fn SignIn() -> Html {
    use_return_after_sign_in();
    let return_to = use_return_path();
    html! { <p>{ "Sign in for " }{ return_to.as_str() }</p> }
}

fn switch(route: Route) -> Html {
    let denied = Callback::from(|_| html! { <RedirectToSignIn<Route> to={Route::SignIn} /> });
    match route {
        Route::Home => html! { <p>{ "Home" }</p> },
        Route::Post { .. } => html! { <WithAuth<Post> {denied} /> },
        Route::SignIn => html! { <SignIn /> },
    }
}

struct RouterApp {
    app: App,
    history: AnyHistory,
    auth: Seen<UseAuthHandle>,
}

impl RouterApp {
    async fn open(page: &Page, address: &str, basename: Option<&'static str>) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let history = AnyHistory::from(MemoryHistory::with_entries([path]));
        if !query.is_empty() {
            history.replace_with_query(path, Raw(query)).unwrap();
        }
        let (auth, given) = (Seen::new(), history.clone());
        let probe = auth.clone();
        let view = move || {
            html! {
                <Router history={given.clone()} basename={basename.map(AttrValue::Static)}>
                    <AuthProbe seen={probe.clone()} />
                    <Switch<Route> render={Callback::from(switch)} />
                </Router>
            }
        };
        Self { app: App::mount(page, view).await, history, auth }
    }

    fn address(&self) -> String {
        let location = self.history.location();
        format!("{}{}", location.path(), location.query_str())
    }

    fn text(&self) -> String {
        self.app.text()
    }
}

#[wasm_bindgen_test]
async fn a_visitor_is_sent_to_the_sign_in_page_and_back_to_the_page_with_its_query() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = RouterApp::open(&page, "/posts/7?page=2&q=a%20b", None).await;
    assert_eq!(app.text(), "Sign in for /posts/7?page=2&q=a%20b");
    sign_in(&page, &app.auth).await;
    assert_eq!(app.text(), "A post for demo");
    assert_eq!(app.address(), "/posts/7?page=2&q=a%20b");
}

#[wasm_bindgen_test]
async fn the_sign_in_page_takes_the_place_of_the_page_so_that_back_does_not_lead_there_again() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = RouterApp::open(&page, "/", None).await;
    app.history.push("/posts/7");
    page.settle().await;
    assert!(app.text().starts_with("Sign in"), "{}", app.text());
    app.history.back();
    page.settle().await;
    assert_eq!(app.address(), "/");
}

#[wasm_bindgen_test]
async fn signing_out_leads_to_the_sign_in_page_and_signing_in_back_to_the_page() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = RouterApp::open(&page, "/posts/7", None).await;
    sign_in(&page, &app.auth).await;
    app.auth.last().sign_out();
    page.settle().await;
    assert_eq!(app.text(), "Sign in for /posts/7");
    sign_in(&page, &app.auth).await;
    assert_eq!(app.text(), "A post for demo");
}

#[wasm_bindgen_test]
async fn a_return_path_has_no_basename() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = RouterApp::open(&page, "/app/posts/7", Some("/app")).await;
    assert_eq!(app.text(), "Sign in for /posts/7");
    sign_in(&page, &app.auth).await;
    assert_eq!((app.text().as_str(), app.address().as_str()), ("A post for demo", "/app/posts/7"));
}

#[wasm_bindgen_test]
async fn o10_a_forged_return_path_leads_home() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let evil = [
        "/sign-in?next=//evil.example",
        "/sign-in?next=https://evil.example",
        "/sign-in?next=%2F%5Cevil.example",
        "/sign-in?next=/posts/7&next=//evil.example",
        "/sign-in?next=/sign-in",
        "/sign-in?next=",
        "/sign-in",
    ];
    for address in evil {
        let app = RouterApp::open(&page, address, None).await;
        sign_in(&page, &app.auth).await;
        assert_eq!((app.text().as_str(), app.address().as_str()), ("Home", "/"), "{address}");
        app.auth.last().sign_out();
        page.settle().await;
        app.app.close(&page).await;
    }
}

#[wasm_bindgen_test]
async fn a_user_who_is_signed_in_already_does_not_see_the_sign_in_page() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = RouterApp::open(&page, "/", None).await;
    sign_in(&page, &app.auth).await;
    app.history.push_with_query("/sign-in", Raw("next=/posts/7")).unwrap();
    page.settle().await;
    assert_eq!(app.text(), "A post for demo");
    assert_eq!(ReturnPath::from_route(&Route::Post { id: 7 }).as_str(), app.address());
}
