//! Sign-in with a provider: authorization code with PKCE (RFC 6749 section 4.1, RFC 7636, RFC 9700 section 2.1).

use std::error::Error;
use std::fmt;
use std::rc::Rc;

use super::attempt::{Attempt, CallbackQuery};
use super::callback_error::{CallbackError, FailedSignIn};
use super::driver::Driver;
use super::return_path::ReturnPath;
use crate::api::{CodeExchange, IdentityProvider};
use crate::browser::location::{self, Query};
use crate::browser::{clock, crypto, storage};

/// 256 bits, as RFC 7636 section 7.1 recommends for the verifier.
const SECRET_BYTES: usize = 32;

/// Why the page could not be left for a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectError {
    /// The browser offers no cryptography here: the page must come from https or localhost.
    NoCrypto,
    /// The browser's storage is blocked, so the answer could not be told from a forged one.
    NoStorage,
    /// The provider's address is none that can be gone to.
    BadProvider,
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoCrypto => "the browser offers no cryptography on this page",
            Self::NoStorage => "the browser's storage is blocked",
            Self::BadProvider => "the provider's address cannot be used",
        })
    }
}

impl Error for RedirectError {}

/// Remembers the attempt in this tab, and leaves for the provider.
pub(super) async fn leave_for(
    name: &str,
    provider: &IdentityProvider,
    return_to: ReturnPath,
) -> Result<(), RedirectError> {
    let secret = || crypto::random_text(SECRET_BYTES).map_err(|_| RedirectError::NoCrypto);
    let attempt = Attempt {
        provider: provider.id.clone(),
        issuer: provider.issuer.clone(),
        sends_issuer: provider.sends_issuer,
        state: secret()?,
        nonce: secret()?,
        verifier: secret()?,
        return_to,
        started_at: clock::wall(),
    };
    let challenge = crypto::sha256_text(&attempt.verifier).await.map_err(|_| RedirectError::NoCrypto)?;
    let url = authorization_url(provider, &attempt, &challenge)?;
    let stored = serde_json::to_string(&attempt).map_err(|_| RedirectError::NoStorage)?;
    storage::keep_in_tab(&key(name), &stored).map_err(|_| RedirectError::NoStorage)?;
    location::leave_for(&url).map_err(|_| RedirectError::BadProvider)
}

/// Takes the answer out of the address, and has the backend trade its code for a session.
pub(super) async fn complete(driver: &Rc<Driver>, provider: &str) -> Result<ReturnPath, FailedSignIn> {
    let answer = CallbackQuery::take();
    let stored = storage::take_from_tab(&key(driver.name()));
    let Some(attempt) = stored.and_then(|text| serde_json::from_str::<Attempt>(&text).ok()) else {
        return Err(FailedSignIn { error: CallbackError::NotRequested, return_to: ReturnPath::default() });
    };
    let return_to = attempt.return_to.clone();
    match trade(driver, provider, attempt, &answer).await {
        Ok(()) => Ok(return_to),
        Err(error) => Err(FailedSignIn { error, return_to }),
    }
}

async fn trade(
    driver: &Rc<Driver>,
    provider: &str,
    attempt: Attempt,
    answer: &CallbackQuery,
) -> Result<(), CallbackError> {
    let code = attempt.accept(answer, provider, clock::wall())?;
    let exchange = CodeExchange {
        code,
        code_verifier: attempt.verifier,
        redirect_uri: redirect_uri(provider).ok_or(CallbackError::NotRequested)?,
        nonce: attempt.nonce,
    };
    let request = Box::pin(async { driver.api.exchange(provider, &exchange).await.map(Some) });
    driver.sign_in(request).await.map_err(CallbackError::Request)?;
    Ok(())
}

impl CallbackQuery {
    /// The page's own, which is then in the address and its history no more.
    fn take() -> Self {
        let query = Query::of_page();
        location::forget_query();
        Self { code: query.all("code"), state: query.all("state"), error: query.all("error"), iss: query.all("iss") }
    }
}

fn authorization_url(provider: &IdentityProvider, attempt: &Attempt, challenge: &str) -> Result<String, RedirectError> {
    let is_web = ["https://", "http://"].iter().any(|scheme| provider.authorize_url.starts_with(scheme));
    if !is_web {
        return Err(RedirectError::BadProvider);
    }
    let query = location::encode_query(&[
        ("response_type", "code"),
        ("client_id", &provider.client_id),
        ("redirect_uri", &redirect_uri(&provider.id).ok_or(RedirectError::BadProvider)?),
        ("scope", &provider.scope),
        ("state", &attempt.state),
        ("nonce", &attempt.nonce),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
    ]);
    let separator = if provider.authorize_url.contains('?') { '&' } else { '?' };
    Ok(format!("{}{separator}{query}", provider.authorize_url))
}

fn redirect_uri(provider: &str) -> Option<String> {
    Some(format!("{}/auth/callback/{provider}", location::origin()?))
}

fn key(name: &str) -> String {
    format!("{name}.attempt")
}
