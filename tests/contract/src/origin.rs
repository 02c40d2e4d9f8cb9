//! The one origin of an app and its API: a reverse proxy that keeps a log, and loses an answer when told to.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anyhow::{Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::exchange::Exchange;
use crate::lose::Lose;

/// What belongs to one connection and not to the message (RFC 9110 section 7.6.1).
const HOP_BY_HOP: [hyper::header::HeaderName; 3] = [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING];

/// A running proxy. It ends with its test's runtime.
#[derive(Debug, Clone)]
pub(crate) struct Origin(Arc<Proxy>);

#[derive(Debug)]
struct Proxy {
    origin: String,
    app: PathBuf,
    /// The page of the app, at every path that is no file.
    page: String,
    base: &'static str,
    server: String,
    api: &'static [&'static str],
    client: reqwest::Client,
    log: Mutex<Vec<Exchange>>,
    to_lose: Mutex<Option<Lose>>,
}

impl Origin {
    /// Serves the app in the folder `app` at `base`, and what begins with a path of `api` from `server`. `backend` is what
    /// the app's page is told.
    pub(crate) async fn start(
        app: &Path,
        base: &'static str,
        backend: &str,
        server: &str,
        api: &'static [&'static str],
    ) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let page = fs::read_to_string(app.join("index.html"))?;
        let proxy = Arc::new(Proxy {
            origin: format!("http://{}", listener.local_addr()?),
            app: app.to_owned(),
            page: page.replace("{base}", base).replace("{backend}", backend),
            base,
            server: server.to_owned(),
            api,
            // Django's development server closes idle connections without notice.
            client: reqwest::Client::builder()
                .pool_max_idle_per_host(0)
                .redirect(reqwest::redirect::Policy::none())
                .build()?,
            log: Mutex::default(),
            to_lose: Mutex::default(),
        });
        let serving = Arc::clone(&proxy);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let proxy = Arc::clone(&serving);
                let service = service_fn(move |request| Arc::clone(&proxy).answer(request));
                // A browser sends a request again by itself if a connection that it has used before breaks.
                let mut connection = hyper::server::conn::http1::Builder::new();
                let connection = connection.keep_alive(false).serve_connection(TokioIo::new(stream), service);
                // It breaks where an answer is lost, and the browser may break it too.
                tokio::spawn(async move { _ = connection.await });
            }
        });
        Ok(Self(proxy))
    }

    /// The origin, without a slash at its end.
    pub(crate) fn origin(&self) -> &str {
        &self.0.origin
    }

    /// All requests of the API so far that the server has answered.
    pub(crate) fn log(&self) -> Vec<Exchange> {
        lock(&self.0.log).clone()
    }

    /// Loses the answer to the next request like this.
    pub(crate) fn lose(&self, what: Lose) {
        *lock(&self.0.to_lose) = Some(what);
    }

    /// Sends a request's headers and body again, to `path`, outside the browser. Returns the status of the answer.
    pub(crate) async fn replay(&self, exchange: &Exchange, path: &str) -> Result<u16> {
        let url = format!("{}{path}", self.0.server);
        let request = self.0.client.request(exchange.method.clone(), url).headers(exchange.headers.clone());
        Ok(request.body(exchange.body.clone()).send().await?.status().as_u16())
    }
}

impl Proxy {
    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>> {
        let path = request.uri().path();
        if self.api.iter().any(|prefix| path.starts_with(prefix)) {
            self.forward(request).await
        } else {
            self.file(path)
        }
    }

    async fn forward(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>> {
        let at = Instant::now();
        let (head, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let mut headers = head.headers;
        HOP_BY_HOP.iter().for_each(|name| _ = headers.remove(name));
        let url = format!("{}{}", self.server, head.uri);
        let sent = self.client.request(head.method.clone(), url).headers(headers.clone()).body(body.clone());
        let answer = sent.send().await.inspect_err(|error| eprintln!("the server does not answer: {error:?}"))?;
        let path = head.uri.path().to_owned();
        let is_lost = lock(&self.to_lose).take_if(|lose| lose.method == head.method && lose.path == path).is_some();
        let status = answer.status();
        let exchange = Exchange { method: head.method, path, headers, body, status: status.as_u16(), at, is_lost };
        lock(&self.log).push(exchange);
        ensure!(!is_lost, "the answer is lost");
        let mut response = Response::new(Full::default());
        *response.status_mut() = status;
        *response.headers_mut() = answer.headers().clone();
        HOP_BY_HOP.iter().for_each(|name| _ = response.headers_mut().remove(name));
        *response.body_mut() = Full::new(answer.bytes().await?);
        Ok(response)
    }

    /// A file of the app, or its page.
    fn file(&self, path: &str) -> Result<Response<Full<Bytes>>> {
        let response = Response::builder().header(CACHE_CONTROL, "no-cache");
        let Some(name) = path.strip_prefix(self.base) else {
            return Ok(response.status(StatusCode::NOT_FOUND).body(Full::default())?);
        };
        let media_type = match name.rsplit_once('.') {
            Some((_, "js")) => "text/javascript",
            Some((_, "wasm")) => "application/wasm",
            Some((_, "svg")) => "image/svg+xml",
            _ => return Ok(response.header(CONTENT_TYPE, "text/html").body(self.page.clone().into())?),
        };
        ensure!(!name.contains(".."), "a path of a browser has no `..`");
        Ok(response.header(CONTENT_TYPE, media_type).body(fs::read(self.app.join(name))?.into())?)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
