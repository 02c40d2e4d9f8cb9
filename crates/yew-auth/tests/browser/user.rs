//! The user's details: the whole object, and how it is kept current.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::use_user;

use crate::app::App;
use crate::backend::{Backend, LOGIN, USER};
use crate::page::Page;
use crate::probe::{AuthProbe, Seen, auth_app, sign_in, signed_in};
use crate::reply::Reply;

fn renamed(name: &str) -> impl Fn(&crate::backend::Request) -> Reply + use<> {
    let user = json!({ "pk": "pk-demo", "username": "demo", "first_name": name });
    move |_| Reply::ok(&user)
}

#[wasm_bindgen_test]
async fn c7_a_user_who_was_renamed_elsewhere_has_the_new_name_after_a_reload() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, _) = signed_in(&page).await;
    backend.on(USER, renamed("Ada"));
    page.advance_secs(300).await;
    app.close(&page).await;
    let (_app, seen) = auth_app(&page).await;
    assert_eq!(seen.last().session().unwrap().user.first_name, "Ada");
}

#[wasm_bindgen_test]
async fn a_page_that_wakes_reads_the_user_again_at_most_every_five_minutes() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    page.show_again().await;
    page.show_again().await;
    assert_eq!(backend.count(USER), 0, "the sign-in has just said who it is");
    backend.on(USER, renamed("Ada"));
    page.advance_secs(300).await;
    assert_eq!(backend.count(USER), 0, "it did not wake");
    page.show_again().await;
    page.show_again().await;
    assert_eq!(backend.count(USER), 1);
    assert_eq!(seen.last().session().unwrap().user.first_name, "Ada");
    page.advance_secs(300).await;
    page.show_again().await;
    assert_eq!(backend.count(USER), 2);
}

#[wasm_bindgen_test]
async fn tabs_share_when_the_user_was_read() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, _seen) = signed_in(&page).await;
    let (_other, _others) = auth_app(&page).await;
    page.advance_secs(300).await;
    page.show_again().await;
    assert_eq!(backend.count(USER), 1);
}

#[wasm_bindgen_test]
async fn nobody_is_asked_for_after_a_sign_out() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    seen.last().sign_out();
    page.advance_secs(600).await;
    page.show_again().await;
    assert_eq!(backend.count(USER), 0);
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Member {
    plan: String,
}

#[derive(PartialEq, Properties)]
struct MemberProbeProps {
    seen: Seen<Option<Rc<Member>>>,
}

#[component]
fn MemberProbe(props: &MemberProbeProps) -> Html {
    props.seen.add(use_user::<Member>());
    html! {}
}

#[wasm_bindgen_test]
async fn a_type_of_the_app_reads_what_the_backend_says_about_the_user() {
    let page = Page::open().await;
    let backend = Backend::start();
    let late = backend.clone();
    backend.on(LOGIN, move |_| {
        let mut grant = late.grant();
        grant["user"]["plan"] = "gold".into();
        Reply::ok(&grant)
    });
    let (auth, members) = (Seen::new(), Seen::new());
    let (auth_probe, member_probe) = (auth.clone(), members.clone());
    let _app = App::mount(&page, move || {
        html! { <><AuthProbe seen={auth_probe.clone()} /><MemberProbe seen={member_probe.clone()} /></> }
    })
    .await;
    assert_eq!(members.last(), None);
    sign_in(&page, &auth).await;
    let gold = members.last().unwrap();
    assert_eq!(gold.plan, "gold");
    let user = |plan| json!({ "pk": "pk-demo", "username": "demo", "first_name": "Ada", "plan": plan });
    backend.on(USER, move |_| Reply::ok(&user("gold")));
    auth.last().reload_user().await.unwrap();
    page.settle().await;
    assert!(Rc::ptr_eq(&members.last().unwrap(), &gold), "for this type nothing has changed");
    backend.on(USER, move |_| Reply::ok(&user("silver")));
    auth.last().reload_user().await.unwrap();
    page.settle().await;
    assert_eq!(members.last().unwrap().plan, "silver");
    backend.on(USER, |_| Reply::ok(&json!({ "pk": "pk-demo", "plan": 7 })));
    auth.last().reload_user().await.unwrap();
    page.settle().await;
    assert_eq!(members.last(), None, "it is something else than the type expects");
}
