//! HTTP requests: with a deadline that includes the body, a limit of its size, and cancellation.

mod fetch;

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use gloo_net::http::{Headers, Method, RequestBuilder};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials, RequestMode, RequestRedirect};
use zeroize::Zeroizing;

use super::{location, timer};
use fetch::{Answer, FetchFailed};

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
    let (timeout, aborter) = (request.timeout, Aborter::new());
    let answer = within(timeout, exchange(request, &aborter)).await;
    #[cfg(feature = "faults")]
    if super::faults::is_offline() {
        return Err(HttpError::Network);
    }
    answer.unwrap_or(Err(HttpError::TimedOut))
}

/// Whether a server answers at this address. Of its answer nothing is read, so it needs no permission by CORS (Fetch
/// standard, opaque filtered response), and no credentials are sent.
pub(crate) async fn reaches(url: String, timeout: Duration) -> bool {
    let aborter = Aborter::new();
    let request = RequestBuilder::new(&location::absolute(&url))
        .method(Method::HEAD)
        .mode(RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .abort_signal(aborter.signal().as_ref())
        .build();
    let Ok(request) = request else { return false };
    let is_answered = within(timeout, fetch::settles(&request.into())).await;
    #[cfg(feature = "faults")]
    if super::faults::is_offline() {
        return false;
    }
    is_answered == Some(true)
}

/// What `work` comes to, unless that takes longer than `timeout`. A request that an extension sends anew need not end when
/// it is aborted, so nobody waits for that.
async fn within<T>(timeout: Duration, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut deadline) = (pin!(work), pin!(timer::sleep(timeout)));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => deadline.as_mut().poll(context).map(|()| None),
    })
    .await
}

async fn exchange(request: HttpRequest, aborter: &Aborter) -> Result<HttpResponse, HttpError> {
    let builder = RequestBuilder::new(&location::absolute(&request.url))
        .method(request.method.clone())
        .headers(headers(&request)?)
        .credentials(request.credentials)
        // Polls send their own ETags, and tokens belong in no cache.
        .cache(RequestCache::NoStore)
        // A redirect could carry the credentials to another place. The API has no reason to redirect.
        .redirect(RequestRedirect::Error)
        .abort_signal(aborter.signal().as_ref());
    let built = match request.body {
        Some(HttpBody { text, .. }) => builder.body(JsValue::from_str(&text)),
        None => builder.build(),
    };
    let answer = fetch::fetch(&built.map_err(|_| HttpError::Unsendable)?.into()).await?;
    Ok(HttpResponse {
        status: answer.status,
        etag: answer.header("etag"),
        retry_after: answer.header("retry-after"),
        date: answer.header("date"),
        #[cfg(feature = "dpop")]
        dpop_nonce: answer.header("dpop-nonce"),
        body: read_body(&answer, request.max_body).await?,
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

async fn read_body(answer: &Answer, max: usize) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::new();
    let Some(body) = answer.body()? else { return Ok(bytes) };
    while let Some(piece) = body.next().await? {
        if bytes.len() + piece.length() as usize > max {
            body.cancel().await;
            return Err(HttpError::TooLarge);
        }
        let start = bytes.len();
        bytes.resize(start + piece.length() as usize, 0);
        piece.copy_to(&mut bytes[start..]);
    }
    Ok(bytes)
}

impl From<FetchFailed> for HttpError {
    fn from(_: FetchFailed) -> Self {
        Self::Network
    }
}

/// Aborts the request when it is dropped. After the answer has arrived, that has no effect.
struct Aborter(Option<AbortController>);

impl Aborter {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for Aborter {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
