//! A small app with yew-router that uses the library: sign in, then read posts that stay current.

use std::time::Duration;

use serde::Deserialize;
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::{
    AuthConfig, AuthProvider, Login, RedirectToSignIn, SessionProps, WithAuth, use_auth, use_poll,
    use_return_after_sign_in,
};
use yew_router::prelude::*;

#[derive(Clone, PartialEq, Routable)]
enum Route {
    #[at("/")]
    Home,
    #[at("/posts")]
    Posts,
    #[at("/sign-in")]
    SignIn,
}

#[derive(PartialEq, Deserialize)]
struct Post {
    id: u32,
    title: String,
}

#[component]
fn Posts(props: &SessionProps) -> Html {
    let auth = use_auth();
    let posts = use_poll::<Vec<Post>>("/api/posts/", Duration::from_secs(2));
    html! {
        <>
            <h1>{ "Posts" }</h1>
            <p>{ props.session.user.display_name() }</p>
            <button onclick={move |_| auth.sign_out()}>{ "Sign out" }</button>
            for post in posts.data.iter().flat_map(|posts| posts.iter()) {
                <article key={post.id}><h2>{ &post.title }</h2></article>
            }
        </>
    }
}

#[component]
fn SignIn() -> Html {
    use_return_after_sign_in();
    let auth = use_auth();
    let (name, password) = (use_node_ref(), use_node_ref());
    let onsubmit = {
        let (name, password) = (name.clone(), password.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let value = |field: &NodeRef| field.cast::<web_sys::HtmlInputElement>().map(|field| field.value());
            let login = Login::new(value(&name).unwrap_or_default(), value(&password).unwrap_or_default());
            let auth = auth.clone();
            spawn_local(async move { _ = auth.sign_in(login).await });
        })
    };
    html! {
        <form {onsubmit}>
            <h1>{ "Sign in" }</h1>
            <label for="name">{ "Username or email" }</label>
            <input id="name" ref={name} autocomplete="username" />
            <label for="password">{ "Password" }</label>
            <input id="password" ref={password} type="password" autocomplete="current-password" />
            <button>{ "Sign in" }</button>
        </form>
    }
}

fn switch(route: Route) -> Html {
    let denied = Callback::from(|_| html! { <RedirectToSignIn<Route> to={Route::SignIn} /> });
    match route {
        Route::Home => html! { <Link<Route> to={Route::Posts}>{ "Posts" }</Link<Route>> },
        Route::Posts => html! { <WithAuth<Posts> {denied} /> },
        Route::SignIn => html! { <SignIn /> },
    }
}

#[component]
fn App() -> Html {
    html! {
        <BrowserRouter>
            <AuthProvider config={AuthConfig::cookie()}><Switch<Route> render={switch} /></AuthProvider>
        </BrowserRouter>
    }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
