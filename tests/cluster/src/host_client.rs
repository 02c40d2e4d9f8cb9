//! A client of one host, past nginx.

use anyhow::{Context, Result};
use reqwest::header::{COOKIE, ORIGIN};
use reqwest::{Client, RequestBuilder};
use serde_json::json;

use e2e::{LOGIN, POSTS, session_of};

/// Names the session of a request; also tells the app's requests from other sites'.
const SESSION_HEADER: &str = "x-session-id";

/// A client outside the browser that sends what nginx hands on.
#[derive(Debug)]
pub struct HostClient {
    client: Client,
    address: String,
    origin: String,
}

impl HostClient {
    pub(crate) fn new(address: String, origin: String) -> Self {
        Self { client: Client::new(), address, origin }
    }

    /// Requests the posts with an access token, and returns the status of the answer.
    pub async fn posts(&self, access: &str) -> Result<u16> {
        let session = session_of(access)?;
        let cookie = format!("__Host-yew-auth-access.{session}={access}");
        let request = self.client.get(self.url(POSTS)).header(COOKIE, cookie).header(SESSION_HEADER, session);
        self.status(request).await
    }

    /// Tries to sign in with a password, and returns the status of the answer.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<u16> {
        let body = json!({"username": username, "password": password});
        let request = self.client.post(self.url(LOGIN)).json(&body);
        self.status(request.header(ORIGIN, &self.origin).header(SESSION_HEADER, "none")).await
    }

    /// Requests a path, and returns the status of the answer.
    pub async fn get(&self, path: &str) -> Result<u16> {
        self.status(self.client.get(self.url(path))).await
    }

    async fn status(&self, request: RequestBuilder) -> Result<u16> {
        let answer = request.send().await.with_context(|| format!("{} does not answer", self.address))?;
        Ok(answer.status().as_u16())
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}
