//! HTTP requests: with a deadline that includes the body, a limit of its size, and cancellation.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{Headers, Method, RequestBuilder, Response};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
};
use zeroize::Zeroizing;

use super::timer;

/// A request, ready to be sent.
pub(crate) struct HttpRequest {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<HttpBody>,
    pub(crate) credentials: RequestCredentials,
    pub(crate) timeout: Duration,
    pub(crate) max_body: usize,
}

/// The body of a request. It is wiped from memory when it is dropped: it may hold a password.
pub(crate) struct HttpBody {
    pub(crate) text: Zeroizing<String>,
    pub(crate) content_type: &'static str,
}

/// An answer with its whole body. It may hold tokens, so it has no `Debug`.
#[derive(Clone)]
pub(crate) struct HttpResponse {
    pub(crate) status: u16,
    pub(crate) etag: Option<String>,
    pub(crate) retry_after: Option<String>,
    /// The server's date. Another origin must expose this header.
    pub(crate) date: Option<String>,
    /// A nonce for the next proof (RFC 9449 section 8). Another origin must expose this header.
    #[cfg(feature = "dpop")]
    pub(crate) dpop_nonce: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// Why no answer arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HttpError {
    /// No connection, a broken one, a redirect, or an answer that CORS hides. The browser does not say which.
    Network,
    /// The deadline has passed.
    TimedOut,
    /// The body is larger than allowed.
    TooLarge,
    /// A header with a value that is not allowed.
    Unsendable,
}

/// Sends the request and reads the answer. Dropping the future aborts it.
pub(crate) async fn send(request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let aborter = Aborter::new();
    let expired = Rc::new(Cell::new(false));
    let _deadline = {
        let (expired, aborter) = (Rc::clone(&expired), aborter.clone());
        timer::after(request.timeout, move || {
            expired.set(true);
            aborter.abort();
        })
    };
    let result = exchange(request, &aborter).await;
    #[cfg(feature = "faults")]
    if super::faults::is_offline() {
        return Err(HttpError::Network);
    }
    if expired.get() { Err(HttpError::TimedOut) } else { result }
}

/// Whether a server answers at this address. Of its answer nothing is read, so it needs no permission by CORS (Fetch
/// standard, opaque filtered response), and no credentials are sent.
pub(crate) async fn reaches(url: String, timeout: Duration) -> bool {
    let aborter = Aborter::new();
    let _deadline = {
        let aborter = aborter.clone();
        timer::after(timeout, move || aborter.abort())
    };
    let request = RequestBuilder::new(&url)
        .method(Method::HEAD)
        .mode(RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .abort_signal(aborter.0.as_ref().map(AbortController::signal).as_ref());
    let answer = request.send().await;
    #[cfg(feature = "faults")]
    if super::faults::is_offline() {
        return false;
    }
    answer.is_ok()
}

async fn exchange(request: HttpRequest, aborter: &Rc<Aborter>) -> Result<HttpResponse, HttpError> {
    let builder = RequestBuilder::new(&request.url)
        .method(request.method.clone())
        .headers(headers(&request)?)
        .credentials(request.credentials)
        // Polls send their own ETags, and tokens belong in no cache.
        .cache(RequestCache::NoStore)
        // A redirect could carry the credentials to another place. The API has no reason to redirect.
        .redirect(RequestRedirect::Error)
        .abort_signal(aborter.0.as_ref().map(AbortController::signal).as_ref());
    let built = match request.body {
        Some(HttpBody { text, .. }) => builder.body(JsValue::from_str(&text)),
        None => builder.build(),
    };
    let response = built.map_err(|_| HttpError::Unsendable)?.send().await.map_err(|_| HttpError::Network)?;
    let header = |name| response.headers().get(name);
    Ok(HttpResponse {
        status: response.status(),
        etag: header("etag"),
        retry_after: header("retry-after"),
        date: header("date"),
        #[cfg(feature = "dpop")]
        dpop_nonce: header("dpop-nonce"),
        body: read_body(&response, request.max_body).await?,
    })
}

/// gloo-net panics on a header that the browser refuses, so such values are refused here first.
fn headers(request: &HttpRequest) -> Result<Headers, HttpError> {
    let headers = Headers::new();
    headers.set("accept", "application/json");
    if let Some(body) = &request.body {
        headers.set("content-type", body.content_type);
    }
    for (name, value) in &request.headers {
        if !value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return Err(HttpError::Unsendable);
        }
        headers.set(name, value);
    }
    Ok(headers)
}

async fn read_body(response: &Response, max: usize) -> Result<Vec<u8>, HttpError> {
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let reader = ReadableStreamDefaultReader::new(&stream).map_err(|_| HttpError::Network)?;
    let mut body = Vec::new();
    while let Some(chunk) = next_chunk(&reader).await.map_err(|_| HttpError::Network)? {
        if body.len() + chunk.length() as usize > max {
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(HttpError::TooLarge);
        }
        let start = body.len();
        body.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(&mut body[start..]);
    }
    Ok(body)
}

async fn next_chunk(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let step = JsFuture::from(reader.read()).await?;
    if Reflect::get(&step, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    Reflect::get(&step, &"value".into())?.dyn_into().map(Some)
}

/// Aborts the request when it is dropped. After the answer has arrived, that has no effect.
struct Aborter(Option<AbortController>);

impl Aborter {
    fn new() -> Rc<Self> {
        Rc::new(Self(AbortController::new().ok()))
    }

    fn abort(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Drop for Aborter {
    fn drop(&mut self) {
        self.abort();
    }
}
