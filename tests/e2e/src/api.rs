//! The backend's API, asked by the test itself and not by the app.

use anyhow::{Context, Result, ensure};
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::transport::Transport;
use crate::{LOGIN, LOGOUT, POSTS, REFRESH};

/// What a sign-in or a refresh brings.
#[derive(Clone, Deserialize)]
pub struct Tokens {
    /// For requests.
    pub access: String,
    /// For the next refresh.
    pub refresh: String,
}

/// A client of its own: no browser, no faults but the backend's. It speaks as the app does, and keeps nothing.
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    origin: String,
    transport: Transport,
}

impl Api {
    pub(crate) fn new(origin: &str, transport: Transport) -> Self {
        Self { client: Client::new(), origin: origin.to_owned(), transport }
    }

    /// Signs in with a password: another device of the same person.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<Tokens> {
        let answer = self.post(LOGIN, &json!({"username": username, "password": password})).await?;
        ensure!(answer.status() == 200, "signing in as {username}: {}", answer.status());
        self.tokens(answer).await.context("no tokens")
    }

    /// Makes an account.
    pub async fn register(&self, username: &str, password: &str) -> Result<()> {
        let email = format!("{username}@example.test");
        let account = json!({"username": username, "email": email, "password1": password, "password2": password});
        let answer = self.post("/api/auth/registration/", &account).await?;
        ensure!(answer.status() == 201, "registering {username}: {}", answer.text().await?);
        Ok(())
    }

    /// Asks for a refresh; the answer's status, and its tokens if there are any.
    pub async fn refresh(&self, refresh: &str) -> Result<(u16, Option<Tokens>)> {
        let answer = self.present(REFRESH, refresh).await?;
        Ok((answer.status().as_u16(), self.tokens(answer).await))
    }

    /// Ends a session; the answer's status.
    pub async fn sign_out(&self, refresh: &str) -> Result<u16> {
        Ok(self.present(LOGOUT, refresh).await?.status().as_u16())
    }

    /// Asks for the posts; the answer's status.
    pub async fn posts(&self, access: &str) -> Result<u16> {
        let request = self.client.get(self.url(POSTS));
        let request = match self.transport {
            Transport::Cookie => request.header(COOKIE, format!("access_token={access}")),
            Transport::Bearer => request.bearer_auth(access),
        };
        Ok(request.send().await?.status().as_u16())
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Value> {
        Ok(self.client.get(self.url(path)).send().await?.error_for_status()?.json().await?)
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Result<()> {
        self.client.put(self.url(path)).json(body).send().await?.error_for_status()?;
        Ok(())
    }

    /// Presents a refresh token.
    async fn present(&self, path: &str, refresh: &str) -> Result<Response> {
        match self.transport {
            Transport::Cookie => {
                let request = self.request(path, &json!({})).header(COOKIE, format!("refresh_token={refresh}"));
                Ok(request.send().await?)
            }
            Transport::Bearer => self.post(path, &json!({"refresh": refresh})).await,
        }
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Response> {
        Ok(self.request(path, body).send().await?)
    }

    /// With what shows the backend, over cookies, that a request is the app's own.
    fn request(&self, path: &str, body: &Value) -> RequestBuilder {
        self.client.post(self.url(path)).json(body).header(ORIGIN, &self.origin).header("x-csrf", "1")
    }

    async fn tokens(&self, answer: Response) -> Option<Tokens> {
        let cookie = |name: &str| {
            let values = answer.headers().get_all(SET_COOKIE).iter().filter_map(|header| header.to_str().ok());
            let value = values.filter_map(|header| header.strip_prefix(name)?.strip_prefix('=')?.split(';').next());
            value.map(|value| value.trim_matches('"').to_owned()).find(|value| !value.is_empty())
        };
        match self.transport {
            Transport::Cookie => Some(Tokens { access: cookie("access_token")?, refresh: cookie("refresh_token")? }),
            Transport::Bearer => answer.json().await.ok(),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}
