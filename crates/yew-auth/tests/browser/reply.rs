//! The answers of a backend.

use js_sys::{Function, Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// An answer to `fetch`.
#[derive(Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    ending: Ending,
    gate: Option<Gate>,
    fails: bool,
}

/// What follows the text of the body.
#[derive(Clone, Copy)]
enum Ending {
    /// The end.
    Close,
    /// Nothing, not even the end.
    Silence,
    /// The same text again, forever.
    More,
}

impl Reply {
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), ending: Ending::Close, gate: None, fails: false }
    }

    pub fn json(status: u16, body: &impl Serialize) -> Self {
        Self::text(status, serde_json::to_string(body).unwrap()).header("content-type", "application/json")
    }

    pub fn ok(body: &impl Serialize) -> Self {
        Self::json(200, body)
    }

    pub fn html(status: u16) -> Self {
        Self::text(status, "<!doctype html><title>An error page</title>").header("content-type", "text/html")
    }

    pub fn not_modified() -> Self {
        Self::text(304, "")
    }

    /// No connection, a broken one, or a redirect that is not followed: `fetch` reports them alike.
    pub fn network_error() -> Self {
        Self { fails: true, ..Self::text(200, "") }
    }

    /// The beginning of a body, and nothing after it.
    pub fn silent_after(body: &str) -> Self {
        Self { ending: Ending::Silence, ..Self::text(200, body) }
    }

    /// An endless body that repeats this text.
    pub fn endless(piece: &str) -> Self {
        Self { ending: Ending::More, ..Self::text(200, piece) }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends the answer when the gate is opened.
    pub fn behind(mut self, gate: &Gate) -> Self {
        self.gate = Some(gate.clone());
        self
    }

    pub fn to_js(&self) -> JsValue {
        let headers: std::collections::BTreeMap<_, _> = self.headers.iter().cloned().collect();
        let ending = match self.ending {
            Ending::Close => "close",
            Ending::Silence => "silence",
            Ending::More => "more",
        };
        let object = Object::new();
        let set = |name: &str, value: JsValue| assert!(Reflect::set(&object, &name.into(), &value).unwrap());
        set("status", self.status.into());
        set("headers", serde_json::to_string(&headers).unwrap().into());
        set("body", self.body.as_str().into());
        set("ending", ending.into());
        set("fails", self.fails.into());
        set("gate", self.gate.as_ref().map_or(JsValue::UNDEFINED, |gate| gate.promise.clone().into()));
        object.into()
    }
}

/// Holds answers back until it is opened.
#[derive(Clone)]
pub struct Gate {
    promise: Promise,
    resolve: Function,
}

impl Gate {
    pub fn new() -> Self {
        let mut resolver = None;
        let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
        Self { promise, resolve: resolver.unwrap() }
    }

    pub fn open(&self) {
        self.resolve.call0(&JsValue::UNDEFINED).unwrap();
    }
}
