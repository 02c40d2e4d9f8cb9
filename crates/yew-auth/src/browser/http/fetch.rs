//! The browser's `fetch`, which an extension may have wrapped.
//!
//! What a wrapper throws and what it answers is taken as it comes. gloo-net panics on an answer that is no `Response` of this
//! page and on a rejection that is no `Error` of it; a wrapper that sends by another frame brings both. A getter of web-sys
//! takes for granted that it does not throw.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// The request could not be sent, or nothing that is an answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FetchFailed;

impl From<JsValue> for FetchFailed {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// Sends a request.
pub(super) async fn fetch(request: &web_sys::Request) -> Result<Answer, FetchFailed> {
    let answer = JsFuture::from(Promise::resolve(&send(request)?)).await?;
    let status = get(&answer, "status")?.as_f64().filter(|status| (200.0..600.0).contains(status));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is one of 400 numbers")]
    Ok(Answer { status: status.ok_or(FetchFailed)? as u16, answer })
}

/// Whether any answer comes, be it one of which nothing may be read.
pub(super) async fn settles(request: &web_sys::Request) -> bool {
    let Ok(answer) = send(request) else { return false };
    JsFuture::from(Promise::resolve(&answer)).await.is_ok()
}

/// The answer to a request, before its body is read.
pub(super) struct Answer {
    pub(super) status: u16,
    answer: JsValue,
}

impl Answer {
    /// The header of this name, unless the browser hides it.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let headers = get(&self.answer, "headers").ok()?;
        let read: Function = get(&headers, "get").ok()?.dyn_into().ok()?;
        read.call1(&headers, &name.into()).ok()?.as_string()
    }

    /// The body; `None` if there is none.
    pub(super) fn body(&self) -> Result<Option<Body>, FetchFailed> {
        let stream = get(&self.answer, "body")?;
        if stream.is_null() || stream.is_undefined() {
            return Ok(None);
        }
        // It throws where this is no stream.
        Ok(Some(Body(ReadableStreamDefaultReader::new(stream.unchecked_ref())?)))
    }
}

/// The body of an answer, read piece by piece.
pub(super) struct Body(ReadableStreamDefaultReader);

impl Body {
    /// The next piece; `None` at the end.
    pub(super) async fn next(&self) -> Result<Option<Uint8Array>, FetchFailed> {
        let step = JsFuture::from(self.0.read()).await?;
        if get(&step, "done")?.is_truthy() {
            return Ok(None);
        }
        let piece = get(&step, "value")?;
        // The piece may be an array of another frame, of which this makes one of this page.
        if piece.is_object() { Ok(Some(Uint8Array::new(&piece))) } else { Err(FetchFailed) }
    }

    /// Gives up the rest.
    pub(super) async fn cancel(&self) {
        let _ = JsFuture::from(self.0.cancel()).await;
    }
}

fn get(object: &JsValue, property: &str) -> Result<JsValue, FetchFailed> {
    Ok(Reflect::get(object, &property.into())?)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn send(request: &web_sys::Request) -> Result<JsValue, JsValue>;
}
