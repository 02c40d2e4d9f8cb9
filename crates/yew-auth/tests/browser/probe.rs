//! Components that record what a hook returns, so that a test can read and use it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use yew::prelude::*;
use yew_auth::{
    AuthorizedClient, DEFAULT_INTERVAL, Login, RequestError, UseAuthHandle, UsePollHandle, use_auth_with,
    use_authorized_client, use_poll,
};

use crate::app::App;
use crate::backend::PASSWORD;
use crate::page::Page;
use crate::task::Task;

/// What a hook returned at each render of its component.
pub struct Seen<T>(Rc<RefCell<Vec<T>>>);

impl<T> Seen<T> {
    pub fn new() -> Self {
        Self(Rc::default())
    }

    /// How often the component has rendered.
    pub fn renders(&self) -> usize {
        self.0.borrow().len()
    }

    pub fn add(&self, value: T) {
        self.0.borrow_mut().push(value);
    }
}

impl<T: Clone> Seen<T> {
    pub fn last(&self) -> T {
        self.0.borrow().last().expect("a component that was rendered").clone()
    }

    pub fn all(&self) -> Vec<T> {
        self.0.borrow().clone()
    }
}

impl<T> Clone for Seen<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Seen<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What the tests poll.
pub type Names = Vec<String>;

#[derive(PartialEq, Properties)]
pub struct AuthProbeProps {
    pub seen: Seen<UseAuthHandle>,
    #[prop_or(DEFAULT_INTERVAL)]
    pub interval: Duration,
}

#[component]
pub fn AuthProbe(props: &AuthProbeProps) -> Html {
    props.seen.add(use_auth_with(props.interval));
    html! {}
}

#[derive(PartialEq, Properties)]
pub struct ClientProbeProps {
    pub seen: Seen<AuthorizedClient>,
}

#[component]
pub fn ClientProbe(props: &ClientProbeProps) -> Html {
    props.seen.add(use_authorized_client());
    html! {}
}

#[derive(PartialEq, Properties)]
pub struct PollProbeProps {
    pub seen: Seen<UsePollHandle<Names>>,
    #[prop_or("/api/posts/".into())]
    pub path: AttrValue,
    #[prop_or(Duration::from_secs(10))]
    pub interval: Duration,
    /// The renders of a child whose only property is the data.
    #[prop_or(Seen::new())]
    pub child: Seen<()>,
}

#[component]
pub fn PollProbe(props: &PollProbeProps) -> Html {
    let names = use_poll::<Names>(&props.path, props.interval);
    props.seen.add(names.clone());
    html! { <NameList names={names.data} seen={props.child.clone()} /> }
}

#[derive(PartialEq, Properties)]
struct NameListProps {
    names: Option<Rc<Names>>,
    seen: Seen<()>,
}

#[component]
fn NameList(props: &NameListProps) -> Html {
    props.seen.add(());
    let names = props.names.iter().flat_map(|names| names.iter());
    html! { <ul>{ for names.map(|name| html! { <li>{ name }</li> }) }</ul> }
}

/// An app of one [`AuthProbe`], and what the probe records.
pub async fn auth_app(page: &Page) -> (App, Seen<UseAuthHandle>) {
    let seen = Seen::new();
    let probe = seen.clone();
    let app = App::mount(page, move || html! { <AuthProbe seen={probe.clone()} /> }).await;
    (app, seen)
}

/// An app whose user signed in long enough ago that a refresh is allowed.
pub async fn signed_in(page: &Page) -> (App, Seen<UseAuthHandle>) {
    let (app, seen) = auth_app(page).await;
    sign_in(page, &seen).await;
    page.advance_secs(6).await;
    (app, seen)
}

/// Starts a sign-in, and waits until nothing more happens. Its answer may be held back.
pub async fn press_sign_in(page: &Page, seen: &Seen<UseAuthHandle>) -> Task<Result<(), RequestError>> {
    let auth = seen.last();
    let task = Task::start(async move { auth.sign_in(Login::new("demo", PASSWORD)).await });
    page.settle().await;
    task
}

pub async fn sign_in(page: &Page, seen: &Seen<UseAuthHandle>) {
    let task = press_sign_in(page, seen).await;
    // Over cookies with fixed names it may have to wait for the lock.
    page.advance_until("the sign-in is answered", || task.is_done()).await;
    task.result().unwrap();
}
