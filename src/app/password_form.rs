//! Signing in with a password.

use web_sys::{HtmlElement, HtmlInputElement};
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::{Login, RequestError, use_auth};

use super::words;

/// What has become of the last try. While one is on its way there is no second.
#[derive(Clone, PartialEq)]
enum Attempt {
    None,
    OnItsWay,
    Failed(RequestError),
}

impl Attempt {
    fn failure(&self) -> Option<&RequestError> {
        match self {
            Self::Failed(error) => Some(error),
            Self::None | Self::OnItsWay => None,
        }
    }

    /// Whether it is what was typed that has to change.
    fn is_refused(&self) -> bool {
        matches!(self, Self::Failed(RequestError::Rejected(rejection)) if words::refuses_credentials(rejection))
    }
}

/// The form. What was typed stays in its fields, and nowhere else.
#[component]
pub fn PasswordForm() -> Html {
    let auth = use_auth();
    let attempt = use_state(|| Attempt::None);
    let (name, password) = (use_node_ref(), use_node_ref());
    let onsubmit = {
        let (attempt, name, password) = (attempt.clone(), name.clone(), password.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *attempt == Attempt::OnItsWay {
                return;
            }
            attempt.set(Attempt::OnItsWay);
            let login = Login::new(typed(&name).trim(), typed(&password));
            let (auth, attempt) = (auth.clone(), attempt.clone());
            spawn_local(async move {
                attempt.set(match auth.sign_in(login).await {
                    Ok(()) => Attempt::None,
                    Err(error) => Attempt::Failed(error),
                });
            });
        })
    };
    use_effect_with((attempt.is_refused(), password.clone()), |(is_refused, password)| {
        if *is_refused {
            select(password);
        }
    });
    let refused = attempt.is_refused().then_some("true");
    html! {
        <form {onsubmit}>
            <div class="field">
                <label for="name">{ "Username or email" }</label>
                <input ref={name} id="name" name="username" type="text" autocomplete="username" autocapitalize="none"
                    spellcheck="false" required=true aria-invalid={refused} aria-describedby="sign-in-failure" />
            </div>
            <div class="field">
                <label for="password">{ "Password" }</label>
                <input ref={password} id="password" name="password" type="password" autocomplete="current-password"
                    required=true aria-invalid={refused} aria-describedby="sign-in-failure" />
            </div>
            <button class="button" type="submit" aria-disabled={(*attempt == Attempt::OnItsWay).then_some("true")}>
                { "Sign in" }
            </button>
            <div class="alert-region" id="sign-in-failure" role="alert">
                if let Some(error) = attempt.failure() {
                    <p class="alert">{ words::sign_in(error) }</p>
                }
            </div>
        </form>
    }
}

fn typed(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

/// A password that was refused is typed anew, as a rule.
fn select(field: &NodeRef) {
    if let Some(input) = field.cast::<HtmlInputElement>() {
        // A field that cannot take the focus leaves it where it was.
        let _ = AsRef::<HtmlElement>::as_ref(&input).focus();
        input.select();
    }
}
