//! The session at a provider, which outlives the one of the app.

use serde::{Deserialize, Serialize};

use super::is_web_address;
use crate::browser::location;
use crate::dialect::IdentityProvider;
use crate::driver::Driver;
use crate::json;

/// A provider where the session of this browser was opened, and where its person may still be signed in.
///
/// It is stored for all tabs, and holds nothing of the person. See
/// [`UseAuthHandle::provider_session`](crate::UseAuthHandle::provider_session).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderSession {
    /// The name of the provider for people.
    name: String,
    client_id: String,
    end_session_url: String,
}

impl ProviderSession {
    /// `None` at a provider where an app cannot lead people to sign out.
    pub(super) fn at(provider: &IdentityProvider) -> Option<Self> {
        Some(Self {
            name: provider.name.clone(),
            client_id: provider.client_id.clone(),
            end_session_url: provider.end_session_url.clone().filter(|url| is_web_address(url))?,
        })
    }

    /// The name of the provider for people.
    #[must_use]
    pub fn provider_name(&self) -> &str {
        &self.name
    }

    /// The session that the last sign-in has left, if it was one with a provider.
    pub(crate) fn stored(driver: &Driver) -> Option<Self> {
        let stored: Self = json::read(&driver.provider_session.read().ok()??).ok()?;
        is_web_address(&stored.end_session_url).then_some(stored)
    }

    /// Without storage nothing is remembered, and nothing is offered.
    pub(super) fn keep(&self, driver: &Driver) {
        let _ = driver.provider_session.write(&json::text(self));
    }

    /// The address that signs out at the provider and leads back to `return_to` (OpenID Connect RP-Initiated Logout 1.0,
    /// section 2). It names the client, and carries no ID token: addresses end up in logs and histories.
    pub(super) fn end_session_address(&self, return_to: &str) -> String {
        let query = location::encode_query(&[("client_id", &self.client_id), ("post_logout_redirect_uri", return_to)]);
        location::with_query(&self.end_session_url, &query)
    }
}
