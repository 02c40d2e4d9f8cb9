//! A client of the backend's API for the test itself.

use std::cell::RefCell;

use anyhow::{Context, Result, ensure};
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::claims::session_of;
use crate::transport::Transport;
use crate::{LOGIN, LOGOUT, POSTS, REFRESH, REGISTRATION};

/// Names the session of a request over cookies; also tells the app's requests from other sites'.
const SESSION_HEADER: &str = "x-session-id";

/// The tokens of a sign-in or a refresh.
#[derive(Clone, Deserialize)]
pub struct Tokens {
    /// The access token.
    pub access: String,
    /// The refresh token.
    pub refresh: String,
}

/// A client outside the browser. It sends what the app sends, and keeps no cookies.
#[derive(Debug)]
pub struct Api {
    client: Client,
    origin: String,
    transport: Transport,
    failures: RefCell<Vec<(String, u16)>>,
}

impl Api {
    pub(crate) fn new(origin: &str, transport: Transport) -> Self {
        Self { client: Client::new(), origin: origin.to_owned(), transport, failures: RefCell::default() }
    }

    /// Signs in with a password, as another device of the same person.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<Tokens> {
        let response = self.post(LOGIN, &json!({"username": username, "password": password})).await?;
        ensure!(response.status() == 200, "signing in as {username}: {}", response.status());
        self.tokens(response).await.context("no tokens")
    }

    /// Creates an account.
    pub async fn register(&self, username: &str, password: &str) -> Result<()> {
        let email = format!("{username}@example.test");
        let account = json!({"username": username, "email": email, "password1": password, "password2": password});
        let response = self.post(REGISTRATION, &account).await?;
        ensure!(response.status() == 201, "registering {username}: {}", response.text().await?);
        Ok(())
    }

    /// Refreshes, and returns the status of the response with its tokens, if any.
    pub async fn refresh(&self, refresh: &str) -> Result<(u16, Option<Tokens>)> {
        let response = self.send_refresh_token(REFRESH, refresh).await?;
        Ok((response.status().as_u16(), self.tokens(response).await))
    }

    /// Ends a session, and returns the status of the response.
    pub async fn sign_out(&self, refresh: &str) -> Result<u16> {
        Ok(self.send_refresh_token(LOGOUT, refresh).await?.status().as_u16())
    }

    /// Requests the posts, and returns the status of the response.
    pub async fn posts(&self, access: &str) -> Result<u16> {
        let request = self.client.get(self.url(POSTS));
        let request = match self.transport {
            Transport::Cookie => named(request, "access", access)?,
            Transport::Bearer => request.bearer_auth(access),
        };
        Ok(self.send(POSTS, request).await?.status().as_u16())
    }

    /// The responses to this client with a status of 400 and above, which the browser has nothing to do with.
    pub(crate) fn failures(&self) -> Vec<(String, u16)> {
        self.failures.borrow().clone()
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Value> {
        Ok(self.client.get(self.url(path)).send().await?.error_for_status()?.json().await?)
    }

    pub(crate) async fn put_text(&self, path: &str, body: &'static str) -> Result<()> {
        self.client.put(self.url(path)).body(body).send().await?.error_for_status()?;
        Ok(())
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Result<()> {
        self.client.put(self.url(path)).json(body).send().await?.error_for_status()?;
        Ok(())
    }

    /// Sends a refresh token to `path`.
    async fn send_refresh_token(&self, path: &str, refresh: &str) -> Result<Response> {
        match self.transport {
            Transport::Cookie => {
                self.send(path, named(self.unnamed_request(path, &json!({})), "refresh", refresh)?).await
            }
            Transport::Bearer => self.post(path, &json!({"refresh": refresh})).await,
        }
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Response> {
        self.send(path, self.unnamed_request(path, body).header(SESSION_HEADER, "none")).await
    }

    async fn send(&self, path: &str, request: RequestBuilder) -> Result<Response> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        if status >= 400 {
            self.failures.borrow_mut().push((path.to_owned(), status));
        }
        Ok(response)
    }

    /// A request from the app's own origin, which does not yet name its session.
    fn unnamed_request(&self, path: &str, body: &Value) -> RequestBuilder {
        self.client.post(self.url(path)).json(body).header(ORIGIN, &self.origin)
    }

    async fn tokens(&self, response: Response) -> Option<Tokens> {
        let cookie = |name: &str| {
            let prefix = format!("yew-auth-{name}.");
            let values = response.headers().get_all(SET_COOKIE).iter().filter_map(|header| header.to_str().ok());
            let value = values.filter_map(|header| header.strip_prefix(&prefix)?.split_once('=')?.1.split(';').next());
            value.map(|value| value.trim_matches('"').to_owned()).find(|value| !value.is_empty())
        };
        match self.transport {
            Transport::Cookie => Some(Tokens { access: cookie("access")?, refresh: cookie("refresh")? }),
            Transport::Bearer => response.json().await.ok(),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// Adds a token as the cookie that is named after its session, and names that session.
fn named(request: RequestBuilder, name: &str, token: &str) -> Result<RequestBuilder> {
    let session = session_of(token)?;
    Ok(request.header(COOKIE, format!("yew-auth-{name}.{session}={token}")).header(SESSION_HEADER, session))
}
