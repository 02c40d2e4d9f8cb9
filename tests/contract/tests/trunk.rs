//! What `trunk serve` does to requests, with the example whose backend checks where they come from.

use std::path::PathBuf;
use std::{env, fs, process};

use anyhow::{Context, Result, ensure};
use contract::{ALLAUTH_HEADLESS, RunningServer};
use reqwest::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, SET_COOKIE};

/// The origin of the app in the example's README. trunk's proxy forwards the name of the host without the port.
const APP: &str = "http://127.0.0.1:8080";
const FORWARDED_HOST: &str = "127.0.0.1";

#[tokio::test]
async fn allauths_example_signs_in_through_trunks_proxy() -> Result<()> {
    let state = env::var_os("YEW_AUTH_E2E_STATE").context("run cargo xtask test contract")?;
    let folder = PathBuf::from(state).join(format!("trunk-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let server = RunningServer::start(ALLAUTH_HEADLESS.server, &folder).await?;
    let api = format!("{}/_allauth/browser/v1", server.origin());
    let client = reqwest::Client::new();

    let config = client.get(format!("{api}/config")).header(HOST, FORWARDED_HOST).send().await?;
    let cookies = config.headers().get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let token = cookies.filter_map(|cookie| cookie.split(';').next()?.trim().strip_prefix("csrftoken=")).next();
    let token = token.context("no cookie for CSRF protection")?;

    let sign_in = client.post(format!("{api}/auth/login")).header(HOST, FORWARDED_HOST).header(ORIGIN, APP);
    let sign_in = sign_in.header(COOKIE, format!("csrftoken={token}")).header("x-csrftoken", token);
    let body = r#"{"username": "demo", "password": "demo-password"}"#;
    let answer = sign_in.header(CONTENT_TYPE, "application/json").body(body).send().await?;
    ensure!(answer.status() == 200, "the sign-in is answered with {}", answer.status());
    Ok(())
}
