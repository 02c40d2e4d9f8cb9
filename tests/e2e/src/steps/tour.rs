//! A look at every state of the app.

use std::time::Duration;

use anyhow::Result;

use crate::{Fault, LOGIN, POSTS, Tab, TestContext};

const LONG: Duration = Duration::from_secs(40);

impl TestContext {
    /// Shows each page that a stranger sees, with its errors, and calls `look` with a name of each. Needs a provider.
    pub async fn tour_as_stranger(&self, tab: &Tab, look: impl AsyncFn(&str) -> Result<()>) -> Result<()> {
        for (path, heading) in [
            ("/", "Sign in once, keep reading"),
            ("/posts", "Access denied"),
            ("/password/forgotten", "Forgot your password?"),
            ("/password/reset", "This link is not complete"),
            ("/password/reset#uid=x&token=y", "Set a new password"),
            ("/auth/callback/dev", "This sign-in cannot be finished"),
            ("/nowhere", "Page not found"),
        ] {
            // A path that differs in its fragment alone would not load again.
            tab.visit("about:blank").await?;
            tab.open(path, heading).await?;
            look(path).await?;
        }
        self.refuse_registration(tab).await?;
        look("a refused registration").await?;
        self.browser.console.expect(LOGIN, "400");
        tab.goto("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        tab.submit_password("demo", "wrong").await?;
        tab.shows("Unable to log in").await?;
        look("a refused password").await
    }

    /// Signs in, shows each page that needs a session and what lies over it, and calls `look` with a name of each. Needs a
    /// provider.
    pub async fn tour_signed_in(&self, tab: &Tab, look: impl AsyncFn(&str) -> Result<()>) -> Result<()> {
        tab.sign_in().await?;
        for (path, heading) in [("/", "Welcome back"), ("/account", "Account"), ("/session", "Your session")] {
            tab.open(path, heading).await?;
            look(path).await?;
        }
        let shown = [1, 2, 3, 4, 5];
        self.show_posts(tab, &shown).await?;
        self.offer_post(tab, &shown, 6).await?;
        look("posts, and a new one").await?;
        self.browser.console.expect(POSTS, "503");
        self.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.press("Refresh").await?;
        tab.shows("These are the last posts that came").await?;
        look("a notice over posts").await?;
        self.serve_posts(shown).await?;
        tab.press("Try again").await?;
        tab.hides_within("These are the last posts that came", LONG).await?;
        self.end_session(tab).await?;
        self.browser.console.expect(LOGIN, "400");
        tab.shows("Continue with Dev OIDC").await?;
        tab.fill("Password", "wrong").await?;
        tab.press("Sign in").await?;
        tab.shows("Unable to log in").await?;
        look("a dialog over posts").await
    }
}
