//! Sign in, and read posts that stay current: the examples' app, for the backend that the page names.

use std::time::Duration;

use serde::Deserialize;
use web_sys::{FormData, HtmlFormElement};
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::dialect::{AllauthHeadless, DjRestAuth, Djoser, OAuth2Password, SessionCookie, SimpleJwt};
use yew_auth::transport::{Bearer, Cookie};
use yew_auth::{AuthConfig, AuthProvider, Login, Origin, SessionProps, WithAuth, use_auth, use_poll};

/// How an app names this backend: what `docs/backends.md` shows.
fn config(backend: &str) -> AuthConfig {
    match backend {
        "dj-rest-auth, tokens" | "dj-rest-auth, JWTs" => {
            AuthConfig::new(DjRestAuth::default(), Bearer::new(Origin::same_origin()))
        }
        "dj-rest-auth, session" => AuthConfig::new(
            SessionCookie::new("/api/auth/login/", "/api/auth/logout/", "/api/auth/user/"),
            Cookie::with_fixed_names(),
        ),
        "dj-rest-auth, cookies" => AuthConfig::new(DjRestAuth::default(), Cookie::with_fixed_names()),
        "dj-rest-auth, below a path" => {
            AuthConfig::new(DjRestAuth::default().with_auth_path("/v1/auth/"), Cookie::with_fixed_names())
        }
        "dj-rest-auth, yew-auth-django" => AuthConfig::cookie(),
        "simplejwt, claims" => AuthConfig::new(
            SimpleJwt::default().with_blacklist_path("/api/token/blacklist/"),
            Bearer::new(Origin::same_origin()),
        ),
        "djoser" => AuthConfig::new(Djoser::default().with_scheme("JWT"), Bearer::new(Origin::same_origin())),
        "OAuth Toolkit" => AuthConfig::new(
            OAuth2Password::new("/o/token/")
                .with_client_id("app")
                .with_user_path("/api/me/")
                .with_revocation_path("/o/revoke_token/"),
            Bearer::new(Origin::same_origin()),
        ),
        "allauth, app" => AuthConfig::new(AllauthHeadless::app(), Bearer::new(Origin::same_origin())),
        other => panic!("the page names the backend {other:?}, which it does not know"),
    }
}

fn backend() -> String {
    gloo_utils::body().get_attribute("data-backend").unwrap_or_default()
}

fn posts_path() -> &'static str {
    if backend() == "dj-rest-auth, below a path" { "/v1/posts/" } else { "/api/posts/" }
}

#[derive(PartialEq, Deserialize)]
struct Post {
    id: u32,
    title: String,
}

/// Renders only for somebody who is signed in.
#[component]
fn Posts(props: &SessionProps) -> Html {
    let auth = use_auth();
    let posts = use_poll::<Vec<Post>>(posts_path(), Duration::from_secs(2));
    let errors = use_mut_ref(Vec::<String>::new);
    errors.borrow_mut().extend(posts.error.iter().map(|error| error.message()));
    html! {
        <>
            <p>{ props.session.user.display_name() }</p>
            <p>{ format!("{} errors", errors.borrow().len()) }</p>
            <p>{ errors.borrow().join(", ") }</p>
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
    let config = config(&backend());
    html! { <AuthProvider {config}><WithAuth<Posts> {denied} /></AuthProvider> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
