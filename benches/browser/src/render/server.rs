//! The server of the built app: its files, a sign-in that takes anybody, and posts with an `ETag`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result, ensure};

use super::feed::Answer;

/// The session outlives the benchmark: nothing is renewed while the page is measured.
const SIGNED_IN: &str = r#"{
    "access_expiration": "2100-01-01T00:00:00Z", "refresh_expiration": "2100-01-01T00:00:00Z",
    "user": {"pk": 1, "username": "reader", "email": ""}
}"#;

/// A running server; it ends with the process.
pub struct Server {
    origin: String,
    posts: Arc<Mutex<Answer>>,
}

struct Request {
    path: String,
    if_none_match: Option<String>,
}

struct Response {
    status: &'static str,
    content_type: &'static str,
    etag: Option<String>,
    body: Vec<u8>,
}

impl Server {
    pub fn start(dist: &Path, posts: Answer) -> Result<Self> {
        ensure!(dist.join("index.html").is_file(), "{} holds no build of the app", dist.display());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let server = Self { origin: format!("http://{}", listener.local_addr()?), posts: Arc::new(Mutex::new(posts)) };
        let (dist, posts) = (dist.to_owned(), Arc::clone(&server.posts));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (dist, posts) = (dist.clone(), Arc::clone(&posts));
                // The browser asks again where a connection breaks, and what is missing shows on the page.
                thread::spawn(move || answer(&stream, &dist, &posts));
            }
        });
        Ok(server)
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn set_posts(&self, answer: Answer) {
        *lock(&self.posts) = answer;
    }
}

fn answer(mut stream: &TcpStream, dist: &Path, posts: &Mutex<Answer>) -> Result<()> {
    let request = Request::read(stream)?;
    let Response { status, content_type, etag, body } = respond(&request, dist, posts);
    let etag = etag.map(|etag| format!("ETag: {etag}\r\n")).unwrap_or_default();
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n{etag}Connection: close\r\n\r\n"
    )?;
    Ok(stream.write_all(&body)?)
}

impl Request {
    /// Reads the whole request: a connection that is closed with bytes unread breaks off its answer.
    fn read(stream: &TcpStream) -> Result<Self> {
        let mut reader = BufReader::new(stream);
        let mut first = String::new();
        reader.read_line(&mut first)?;
        let target = first.split(' ').nth(1).context("no request line")?;
        let mut request = Self { path: target.split('?').next().unwrap_or_default().to_owned(), if_none_match: None };
        let mut length = 0;
        for line in reader.by_ref().lines() {
            let line = line?;
            let Some((name, value)) = line.split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "if-none-match" => request.if_none_match = Some(value.to_owned()),
                "content-length" => length = value.parse()?,
                _ => {}
            }
        }
        reader.read_exact(&mut vec![0; length])?;
        Ok(request)
    }
}

fn respond(request: &Request, dist: &Path, posts: &Mutex<Answer>) -> Response {
    const JSON: &str = "application/json";
    match request.path.as_str() {
        "/api/auth/login/" => Response { status: "200 OK", content_type: JSON, etag: None, body: SIGNED_IN.into() },
        "/api/social/" => Response { status: "200 OK", content_type: JSON, etag: None, body: b"[]".into() },
        "/api/posts/" => {
            let Answer { body, etag } = lock(posts).clone();
            let is_known = request.if_none_match.as_ref() == Some(&etag);
            let (status, body) = if is_known { ("304 Not Modified", Vec::new()) } else { ("200 OK", body) };
            Response { status, content_type: JSON, etag: Some(etag), body }
        }
        path => file(dist, path),
    }
}

/// A file of the build; the page itself for any other path, as the app has its own routes.
fn file(dist: &Path, path: &str) -> Response {
    let wanted = Path::new(path.trim_start_matches('/'));
    let is_below = wanted.components().all(|part| matches!(part, Component::Normal(_)));
    let found: PathBuf = dist.join(wanted);
    let found = if is_below && found.is_file() { found } else { dist.join("index.html") };
    let content_type = match found.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    match fs::read(&found) {
        Ok(body) => Response { status: "200 OK", content_type, etag: None, body },
        Err(_) => Response { status: "404 Not Found", content_type, etag: None, body: Vec::new() },
    }
}

fn lock(posts: &Mutex<Answer>) -> MutexGuard<'_, Answer> {
    posts.lock().unwrap_or_else(PoisonError::into_inner)
}
