//! Somebody who is signed in, as one of the two systems keeps that in a browser.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request};
use serde::Deserialize;
use serde_json::json;

use crate::connection::Answer;

/// What both scripts that fill the databases give everybody.
const PASSWORD: &str = "a password of the load";

/// Which backend a session is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// This repository's.
    Product,
    /// dj-rest-auth without it.
    Stock,
}

/// The cookies of a browser, and what it knows of the posts.
#[derive(Debug, Clone, Deserialize)]
pub struct Session {
    pub name: String,
    id: String,
    access: String,
    pub refresh: String,
    #[serde(skip)]
    pub etag: Option<String>,
}

/// Where a request goes, and what a browser says of it.
#[derive(Debug, Clone)]
pub struct Site {
    pub system: System,
    /// Of the page.
    pub origin: String,
}

impl Session {
    /// Those that a script has written, a line each.
    pub fn read(file: &Path) -> Result<Vec<Self>> {
        let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
    }

    /// Takes the tokens over that an answer sets.
    pub fn take(&mut self, system: System, answer: &Answer) -> Result<()> {
        let new = |kind| answer.cookie(&system.cookie(kind, &self.id)).map(str::to_owned);
        let (access, refresh) = (new("access"), new("refresh"));
        self.access = access.context("the answer sets no access token")?;
        let refresh = refresh.context("the answer sets no refresh token")?;
        ensure!(refresh != self.refresh, "the refresh token was not rotated");
        self.refresh = refresh;
        Ok(())
    }
}

impl System {
    fn cookie(self, kind: &str, id: &str) -> String {
        match self {
            Self::Product => format!("__Host-yew-auth-{kind}.{id}"),
            Self::Stock => kind.to_owned(),
        }
    }

    /// Whether the answer to a sign-in opens a session.
    pub fn opens_session(self, answer: &Answer) -> bool {
        let id = match self {
            Self::Product => {
                let body: Option<serde_json::Value> = serde_json::from_slice(&answer.body).ok();
                body.and_then(|body| Some(body["session_id"].as_str()?.to_owned())).unwrap_or_default()
            }
            Self::Stock => String::new(),
        };
        ["access", "refresh"].iter().all(|kind| answer.cookie(&self.cookie(kind, &id)).is_some())
    }
}

impl Site {
    /// A sign-in by password, from a browser without cookies.
    pub fn sign_in(&self, name: &str) -> Result<Request<Full<Bytes>>> {
        let body = json!({ "username": name, "password": PASSWORD }).to_string();
        self.request(Method::POST, "/api/auth/login/", None, None, body)
    }

    pub fn refresh(&self, session: &Session) -> Result<Request<Full<Bytes>>> {
        self.request(Method::POST, "/api/auth/token/refresh/", Some(session), None, "{}".to_owned())
    }

    pub fn posts(&self, session: &Session, etag: Option<&str>) -> Result<Request<Full<Bytes>>> {
        self.request(Method::GET, "/api/posts/", Some(session), etag, String::new())
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        session: Option<&Session>,
        etag: Option<&str>,
        body: String,
    ) -> Result<Request<Full<Bytes>>> {
        let host = self.origin.split_once("://").context("no origin")?.1;
        let mut request = Request::builder().method(&method).uri(path).header("host", host);
        request = request.header("accept", "*/*").header("accept-encoding", "gzip");
        if method == Method::POST {
            // A browser names the page's origin in no GET to that origin (Fetch standard, "append a request Origin header").
            request = request.header("origin", &self.origin).header("content-type", "application/json");
        }
        if let Some(session) = session {
            let cookie = |kind, token: &str| format!("{}={token}", self.system.cookie(kind, &session.id));
            let pair = [cookie("access", &session.access), cookie("refresh", &session.refresh)];
            request = request.header("cookie", pair.join("; "));
        }
        if self.system == System::Product {
            request = request.header("x-session-id", session.map_or("none", |session| &session.id));
        }
        if let Some(etag) = etag {
            request = request.header("if-none-match", etag);
        }
        Ok(request.body(Full::new(body.into()))?)
    }
}
