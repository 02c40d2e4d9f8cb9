//! Sign in, and read posts that stay current. The backend is the axum server beside this app.

use std::time::Duration;

use serde::Deserialize;
use web_sys::{FormData, HtmlFormElement};
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::{AuthConfig, AuthProvider, Login, SessionProps, WithAuth, use_auth, use_poll};

#[derive(PartialEq, Deserialize)]
struct Post {
    id: u32,
    title: String,
}

/// Renders only for somebody who is signed in.
#[component]
fn Posts(props: &SessionProps) -> Html {
    let auth = use_auth();
    let posts = use_poll::<Vec<Post>>("/api/posts/", Duration::from_secs(5));
    html! {
        <>
            <p>{ props.session.user.display_name() }</p>
            <button onclick={move |_| auth.sign_out()}>{ "Sign out" }</button>
            for post in posts.data.iter().flat_map(|posts| posts.iter()) {
                <article key={post.id}>{ &post.title }</article>
            }
        </>
    }
}

/// What a stranger sees instead.
#[component]
fn SignIn() -> Html {
    let auth = use_auth();
    let error = use_state(String::new);
    let onsubmit = {
        let error = error.setter();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (auth, error) = (auth.clone(), error.clone());
            let form = event.target_dyn_into::<HtmlFormElement>();
            let fields = form.and_then(|form| FormData::new_with_form(&form).ok());
            let field = |name| fields.as_ref().and_then(|fields| fields.get(name).as_string()).unwrap_or_default();
            let login = Login::new(field("name"), field("password"));
            spawn_local(async move {
                if let Err(failure) = auth.sign_in(login).await {
                    error.set(failure.message());
                }
            });
        })
    };
    html! {
        <form {onsubmit}>
            <label for="name">{ "Name" }</label>
            <input id="name" name="name" autocomplete="username" />
            <label for="password">{ "Password" }</label>
            <input id="password" name="password" type="password" autocomplete="current-password" />
            <button>{ "Sign in" }</button>
            <p role="alert">{ &*error }</p>
        </form>
    }
}

#[component]
fn App() -> Html {
    let denied = Callback::from(|_| html! { <SignIn /> });
    let config = AuthConfig::cookie();
    html! { <AuthProvider {config}><WithAuth<Posts> {denied} /></AuthProvider> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
