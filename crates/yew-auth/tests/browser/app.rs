//! An app that a test mounts.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;
use yew_auth::{AuthConfig, AuthProvider};

use crate::page::Page;

/// Components below an [`AuthProvider`], in an element of their own. Dropping this unmounts them.
pub struct App {
    root: Element,
    config: AuthConfig,
    handle: Option<yew::AppHandle<Root>>,
}

impl App {
    pub async fn mount(page: &Page, view: impl Fn() -> Html + 'static) -> Self {
        Self::mount_with(page, page.config(), view).await
    }

    pub async fn mount_with(page: &Page, config: AuthConfig, view: impl Fn() -> Html + 'static) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let props = RootProps { config: config.clone(), view: View(Rc::new(view)) };
        let handle = yew::Renderer::<Root>::with_root_and_props(root.clone(), props).render();
        page.settle().await;
        Self { root, config, handle: Some(handle) }
    }

    /// Shows something else under the same provider.
    pub async fn show(&mut self, page: &Page, view: impl Fn() -> Html + 'static) {
        self.show_with(page, self.config.clone(), view).await;
    }

    /// Shows something else, and gives the provider another configuration.
    pub async fn show_with(&mut self, page: &Page, config: AuthConfig, view: impl Fn() -> Html + 'static) {
        self.config = config.clone();
        let props = RootProps { config, view: View(Rc::new(view)) };
        self.handle.as_mut().unwrap().update(props);
        page.settle().await;
    }

    /// Unmounts the app. Mounting one of the same name is then a reload.
    pub async fn close(self, page: &Page) {
        drop(self);
        page.settle().await;
    }

    pub fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    pub fn html(&self) -> String {
        self.root.inner_html()
    }

    /// Whether an element matches `selector`.
    pub fn has(&self, selector: &str) -> bool {
        self.root.query_selector(selector).unwrap().is_some()
    }

    /// The height of the first element that `selector` matches.
    pub fn height(&self, selector: &str) -> f64 {
        self.element(selector).get_bounding_client_rect().height()
    }

    pub fn scroll(&self, selector: &str, top: i32) {
        self.element(selector).set_scroll_top(top);
    }

    pub fn scrolled(&self, selector: &str) -> i32 {
        self.element(selector).scroll_top()
    }

    pub fn focus(&self, selector: &str) {
        self.element(selector).unchecked_into::<HtmlElement>().focus().unwrap();
    }

    fn element(&self, selector: &str) -> Element {
        self.root.query_selector(selector).unwrap().unwrap()
    }

    /// The text in the first field.
    pub fn typed(&self) -> String {
        self.field().value()
    }

    /// Types into the first field.
    pub fn type_text(&self, text: &str) {
        self.field().set_value(text);
    }

    fn field(&self) -> HtmlInputElement {
        self.element("input").unchecked_into()
    }

    /// Presses the first button.
    pub async fn press_button(&self, page: &Page) {
        self.element("button").unchecked_into::<HtmlElement>().click();
        page.settle().await;
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.root.remove();
    }
}

#[derive(PartialEq, Properties)]
struct RootProps {
    config: AuthConfig,
    view: View,
}

#[derive(Clone)]
struct View(Rc<dyn Fn() -> Html>);

impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[component]
fn Root(props: &RootProps) -> Html {
    html! { <AuthProvider config={props.config.clone()}>{ (props.view.0)() }</AuthProvider> }
}
