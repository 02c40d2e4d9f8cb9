//! Sign-in with a provider: authorization code with PKCE (RFC 6749 section 4.1, RFC 7636, RFC 9700 section 2.1).

mod callback_error;
mod completed_authorization;
mod pending_authorization;
mod provider_session;
mod redirect_error;

use std::rc::Rc;

use crate::browser::location::{self, Query};
use crate::browser::{clock, crypto, storage};
use crate::dialect::{CodeExchange, IdentityProvider};
use crate::driver::Driver;
use crate::json;
use crate::return_path::ReturnPath;
pub use callback_error::{CallbackError, FailedSignIn};
use completed_authorization::CompletedAuthorization;
use pending_authorization::{CallbackQuery, PendingAuthorization};
pub use provider_session::ProviderSession;
pub use redirect_error::RedirectError;

/// 256 bits, as RFC 7636 section 7.1 recommends for the verifier.
const SECRET_BYTES: usize = 32;

/// Stores the pending authorization in this tab and leaves for the provider.
pub(crate) async fn leave_for(
    driver: &Driver,
    provider: &IdentityProvider,
    return_to: ReturnPath,
) -> Result<(), RedirectError> {
    if driver.blocks_cookies() {
        return Err(RedirectError::CookiesBlocked);
    }
    let secret = || crypto::random_text(SECRET_BYTES).map_err(|_| RedirectError::NoCrypto);
    let pending = PendingAuthorization {
        provider: provider.id.clone(),
        issuer: provider.issuer.clone(),
        sends_issuer: provider.sends_issuer,
        provider_session: ProviderSession::at(provider),
        state: secret()?,
        nonce: secret()?,
        verifier: secret()?,
        return_to,
        started_at: clock::wall(),
    };
    let challenge = crypto::sha256_text(&pending.verifier).await.map_err(|_| RedirectError::NoCrypto)?;
    let redirect_uri = redirect_uri(driver, &provider.id).ok_or(RedirectError::BadProvider)?;
    let url = authorization_url(provider, &pending, &challenge, &redirect_uri)?;
    let stored = serde_json::to_string(&pending).map_err(|_| RedirectError::NoStorage)?;
    storage::keep_in_tab(&key(driver.name()), &stored).map_err(|_| RedirectError::NoStorage)?;
    location::leave_for(&url).map_err(|_| RedirectError::BadProvider)
}

/// Leaves for the provider where this session was opened, to sign out there too. It sends the person back to the page's
/// folder.
pub(crate) fn leave_to_sign_out(driver: &Driver, session: &ProviderSession) -> Result<(), RedirectError> {
    let home = location::origin().ok_or(RedirectError::BadProvider)? + &location::base_path();
    // It is offered once: nobody knows what becomes of it at the provider.
    driver.provider_session.remove();
    location::leave_for(&session.end_session_address(&home)).map_err(|_| RedirectError::BadProvider)
}

/// Takes the answer out of the address and lets the backend exchange its code for a session.
pub(crate) async fn complete(driver: &Rc<Driver>, provider: &str) -> Result<ReturnPath, FailedSignIn> {
    let answer = CallbackQuery::take_from_address();
    let completed = CompletedAuthorization::of_tab(driver.name());
    if let Some(completed) =
        completed.filter(|completed| driver.user_id().is_some() && completed.is_repeated_by(&answer))
    {
        return Ok(completed.return_to);
    }
    let stored = storage::take_from_tab(&key(driver.name()));
    let Some(pending) = stored.and_then(|text| json::read::<PendingAuthorization>(&text).ok()) else {
        return Err(FailedSignIn { error: CallbackError::NotRequested, return_to: ReturnPath::default() });
    };
    let return_to = pending.return_to.clone();
    let provider_session = pending.provider_session.clone();
    let completed = CompletedAuthorization { state: pending.state.clone(), return_to: return_to.clone() };
    match exchange(driver, provider, pending, &answer).await {
        Ok(()) => {
            completed.keep(driver.name());
            provider_session.into_iter().for_each(|session| session.keep(driver));
            Ok(return_to)
        }
        Err(error) => Err(FailedSignIn { error, return_to }),
    }
}

async fn exchange(
    driver: &Rc<Driver>,
    provider: &str,
    pending: PendingAuthorization,
    answer: &CallbackQuery,
) -> Result<(), CallbackError> {
    let code = pending.accept(answer, provider, clock::wall())?;
    let exchange = CodeExchange {
        code,
        code_verifier: pending.verifier,
        redirect_uri: redirect_uri(driver, provider).ok_or(CallbackError::NotRequested)?,
        nonce: pending.nonce,
    };
    let request = Box::pin(async {
        let session = driver.session_id();
        driver.api.exchange(provider, &exchange, session.as_ref()).await.map(Some)
    });
    driver.sign_in(request).await.map_err(CallbackError::Request)?;
    Ok(())
}

impl CallbackQuery {
    /// Reads the page's query and removes it from the address and the history, so that the code cannot leak from there.
    fn take_from_address() -> Self {
        let query = Query::of_page();
        location::forget_query();
        Self {
            code: query.all("code"),
            state: query.all("state"),
            error: query.all("error"),
            iss: query.all("iss"),
            error_description: query.all("error_description"),
        }
    }
}

fn authorization_url(
    provider: &IdentityProvider,
    pending: &PendingAuthorization,
    challenge: &str,
    redirect_uri: &str,
) -> Result<String, RedirectError> {
    if !is_web_address(&provider.authorize_url) {
        return Err(RedirectError::BadProvider);
    }
    let query = location::encode_query(&[
        ("response_type", "code"),
        ("client_id", &provider.client_id),
        ("redirect_uri", redirect_uri),
        ("scope", &provider.scope),
        ("state", &pending.state),
        ("nonce", &pending.nonce),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
    ]);
    Ok(location::with_query(&provider.authorize_url, &query))
}

fn is_web_address(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))
}

fn redirect_uri(driver: &Driver, provider: &str) -> Option<String> {
    Some(format!("{}{}{provider}", location::origin()?, driver.callback_path()))
}

fn key(name: &str) -> String {
    format!("{name}.authorization")
}
