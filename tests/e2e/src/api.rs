//! The backend's API, asked by the test itself and not by the app.

use anyhow::{Result, ensure};
use reqwest::{Client, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{LOGIN, LOGOUT, POSTS, REFRESH};

/// What a sign-in or a refresh brings.
#[derive(Clone, Deserialize)]
pub struct Tokens {
    /// For requests.
    pub access: String,
    /// For the next refresh.
    pub refresh: String,
}

/// A client of its own: no browser, no cookies, no faults but the backend's.
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    origin: String,
}

impl Api {
    pub(crate) fn new(origin: &str) -> Self {
        Self { client: Client::new(), origin: origin.to_owned() }
    }

    /// Signs in with a password: another device of the same person.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<Tokens> {
        let answer = self.post(LOGIN, &json!({"username": username, "password": password})).await?;
        ensure!(answer.status() == 200, "signing in as {username}: {}", answer.status());
        Ok(answer.json().await?)
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
        let answer = self.post(REFRESH, &json!({"refresh": refresh})).await?;
        Ok((answer.status().as_u16(), answer.json().await.ok()))
    }

    /// Ends a session; the answer's status.
    pub async fn sign_out(&self, refresh: &str) -> Result<u16> {
        Ok(self.post(LOGOUT, &json!({"refresh": refresh})).await?.status().as_u16())
    }

    /// Asks for the posts; the answer's status.
    pub async fn posts(&self, access: &str) -> Result<u16> {
        let request = self.client.get(self.url(POSTS)).bearer_auth(access);
        Ok(request.send().await?.status().as_u16())
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Value> {
        Ok(self.client.get(self.url(path)).send().await?.error_for_status()?.json().await?)
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Result<()> {
        self.client.put(self.url(path)).json(body).send().await?.error_for_status()?;
        Ok(())
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Response> {
        Ok(self.client.post(self.url(path)).json(body).send().await?)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}
