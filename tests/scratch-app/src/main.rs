//! A small app with yew-router that uses the library: sign in, then read posts that stay current.

use std::time::Duration;

use serde::Deserialize;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_auth::{AuthConfig, AuthProvider, Login, SessionProps, SessionState, WithAuth, use_auth, use_poll};
use yew_router::prelude::*;

#[derive(Clone, PartialEq, Routable)]
enum Route {
    #[at("/")]
    Posts,
    #[at("/sign-in")]
    SignIn,
    #[not_found]
    #[at("/404")]
    NotFound,
}

#[derive(PartialEq, Deserialize)]
struct Post {
    id: u32,
    title: String,
}

#[component]
fn Posts(props: &SessionProps) -> Html {
    let posts = use_poll::<Vec<Post>>("/api/posts/", Duration::from_secs(10));
    html! {
        <>
            <p>{ props.session.user.display_name() }</p>
            for post in posts.data.iter().flat_map(|posts| posts.iter()) {
                <article key={post.id}>{ &post.title }</article>
            }
        </>
    }
}

#[component]
fn SignIn() -> Html {
    let auth = use_auth();
    if matches!(auth.state(), SessionState::Authenticated(_)) {
        return html! { <Redirect<Route> to={Route::Posts} /> };
    }
    let (name, password) = (use_node_ref(), use_node_ref());
    let onsubmit = {
        let (name, password) = (name.clone(), password.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let value = |input: &NodeRef| input.cast::<web_sys::HtmlInputElement>().map(|input| input.value());
            let (Some(name), Some(password)) = (value(&name), value(&password)) else { return };
            let auth = auth.clone();
            spawn_local(async move { _ = auth.sign_in(Login::new(name, password)).await });
        })
    };
    html! {
        <form {onsubmit}>
            <input ref={name} autocomplete="username" />
            <input ref={password} type="password" autocomplete="current-password" />
            <button>{ "Sign in" }</button>
        </form>
    }
}

#[component]
fn Pages() -> Html {
    let navigator = use_navigator().expect("inside a router");
    let on_sign_in = Callback::from(move |()| navigator.push(&Route::SignIn));
    let render = move |route| match route {
        Route::Posts => html! { <WithAuth<Posts> on_sign_in={on_sign_in.clone()} /> },
        Route::SignIn => html! { <SignIn /> },
        Route::NotFound => html! { "Not found" },
    };
    html! { <Switch<Route> {render} /> }
}

#[component]
fn App() -> Html {
    html! {
        <BrowserRouter><AuthProvider config={AuthConfig::cookie()}><Pages /></AuthProvider></BrowserRouter>
    }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
