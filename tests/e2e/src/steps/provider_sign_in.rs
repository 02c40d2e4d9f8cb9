//! Signing in through the identity provider.

use anyhow::Result;

use crate::{Tab, TestContext};

/// The endpoint of the backend that exchanges the provider's code.
pub const PROVIDER_EXCHANGE: &str = "/api/social/login/dev/";

/// The issuer of the authorization that [`Tab::begin_authorization`] leaves.
pub const ISSUER: &str = "https://id.example";

impl TestContext {
    /// Opens a tab on the app's page `path`, and signs in at the provider as far as its consent page.
    pub async fn tab_at_consent(&self, path: &str) -> Result<Tab> {
        let tab = self.tab(path).await?;
        tab.go_to_consent().await?;
        Ok(tab)
    }
}

impl Tab {
    /// Goes from the sign-in page to the provider, and signs in there as alice.
    pub async fn go_to_consent(&self) -> Result<()> {
        self.press("Continue with Dev OIDC").await?;
        self.sign_in_at_provider().await?;
        self.has_heading("Authorize Posts app").await
    }

    /// Signs in on the provider's own sign-in page as alice.
    pub async fn sign_in_at_provider(&self) -> Result<()> {
        self.has_heading("Sign In").await?;
        self.fill("Username or email", "alice").await?;
        self.fill("Password", "password").await?;
        self.press("Sign In").await
    }

    /// Gives consent on the provider's page.
    pub async fn authorize(&self) -> Result<()> {
        self.has_heading("Authorize Posts app").await?;
        self.press("Authorize").await
    }

    /// Leaves a pending authorization with `provider` in the tab, as the app does. Its state is `the-state`.
    pub async fn begin_authorization(&self, provider: &str) -> Result<()> {
        let script = format!(
            "sessionStorage.setItem('yew-auth.authorization', JSON.stringify({{provider: '{provider}', issuer: '{ISSUER}', \
             sends_issuer: true, state: 'the-state', nonce: 'n'.repeat(43), verifier: 'v'.repeat(43), \
             return_to: '/posts', started_at: Date.now()}}))"
        );
        self.script(&script).await
    }
}
