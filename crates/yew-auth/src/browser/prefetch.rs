//! The request that a script in the page's head has sent before the app ran.
//!
//! The script leaves it as `window.yewAuthPrefetch`, an object with these properties:
//!
//! | Property | What it is |
//! |---|---|
//! | `path` | the path of the request |
//! | `generation`, `user` | as they stand in the permit by which it was sent |
//! | `startedAt` | when it was sent, by `performance.now()` |
//! | `done` | a promise that settles when the answer is there, or cannot be had |
//! | `answer` | `{status, type, etag, body}`, the latter a `Uint8Array`; absent until it is there |
//! | `answeredAt` | when that was |
//! | `cancel` | a function that gives the request up |
//!
//! What is not so counts as no answer.

use std::time::Duration;

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{clock, timer};

const PROPERTY: &str = "yewAuthPrefetch";

/// A request that was sent before the app ran.
pub(crate) struct Prefetch(JsValue);

/// The answer to it.
pub(crate) struct PrefetchAnswer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) etag: Option<String>,
    pub(crate) body: Vec<u8>,
    /// How long ago it arrived.
    pub(crate) age: Duration,
}

impl Prefetch {
    /// The request for this path. It is there once.
    pub(crate) fn take(path: &str) -> Option<Self> {
        let window = web_sys::window()?;
        let found = Self(Reflect::get(&window, &PROPERTY.into()).ok()?);
        if found.text("path").as_deref() != Some(path) {
            return None;
        }
        Reflect::delete_property(&window, &PROPERTY.into()).ok()?;
        Some(found)
    }

    /// The state of the session for which it was sent.
    pub(crate) fn generation(&self) -> Option<f64> {
        self.number("generation")
    }

    /// The user for whom it was sent.
    pub(crate) fn user(&self) -> Option<String> {
        self.text("user")
    }

    /// The answer, if it is there.
    pub(crate) fn answer(&self) -> Option<PrefetchAnswer> {
        let answer = Self(self.get("answer")?);
        Some(PrefetchAnswer {
            // A number that is no status is none that is expected.
            status: answer.number("status")? as u16,
            content_type: answer.text("type").unwrap_or_default(),
            etag: answer.text("etag"),
            body: answer.get("body")?.dyn_into::<Uint8Array>().ok()?.to_vec(),
            age: self.since("answeredAt")?,
        })
    }

    /// Waits until the answer is there, or cannot be had; it is given up `timeout` after it was sent.
    pub(crate) async fn done(&self, timeout: Duration) {
        let left = timeout.saturating_sub(self.since("startedAt").unwrap_or(timeout));
        let cancel = self.get("cancel");
        let _deadline = timer::after(left, move || call(cancel));
        if let Some(Ok(done)) = self.get("done").map(JsCast::dyn_into::<Promise>) {
            // A failure leaves no answer.
            let _ = JsFuture::from(done).await;
        }
    }

    /// Gives the request up. After the answer this does nothing.
    pub(crate) fn cancel(&self) {
        call(self.get("cancel"));
    }

    fn since(&self, property: &str) -> Option<Duration> {
        let at = Duration::try_from_secs_f64(self.number(property)? / 1_000.0).ok()?;
        Some(clock::now().monotonic.saturating_sub(at))
    }

    fn get(&self, property: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &property.into()).ok()
    }

    fn text(&self, property: &str) -> Option<String> {
        self.get(property)?.as_string()
    }

    fn number(&self, property: &str) -> Option<f64> {
        self.get(property)?.as_f64()
    }
}

fn call(function: Option<JsValue>) {
    if let Some(Ok(function)) = function.map(JsCast::dyn_into::<Function>) {
        // What it throws changes nothing.
        let _ = function.call0(&JsValue::NULL);
    }
}
