//! axe-core over every page and state, in the light and in the dark.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGIN, POSTS, Scenario, Tab};
use serde_json::json;

use crate::session_warning::IDLE_LIMIT;

const REGISTRATION: &str = "/api/auth/registration/";
const RESET_CONFIRM: &str = "/api/auth/password/reset/confirm/";
const PASSWORD: &str = "demo-password";
const LONG: Duration = Duration::from_secs(40);

async fn audit(tab: &Tab, state: &str) -> Result<()> {
    for scheme in ["light", "dark"] {
        tab.prefer_scheme(scheme).await?;
        tab.audit(&format!("{state}, {scheme}")).await?;
    }
    Ok(())
}

async fn audit_page(tab: &Tab, path: &str, heading: &str) -> Result<()> {
    tab.goto(path).await?;
    tab.is_headed(heading).await?;
    audit(tab, path).await
}

#[test]
fn axe_finds_nothing_on_the_pages_of_a_stranger() -> Result<()> {
    Scenario::new().with_axe().with_provider().run(async |stage| {
        let console = &stage.browser.console;
        for path in [LOGIN, REGISTRATION, RESET_CONFIRM] {
            console.expect(path, "400");
        }
        let tab = stage.tab("/").await?;
        audit_page(&tab, "/", "Sign in once, keep reading").await?;
        audit_page(&tab, "/posts", "Access denied").await?;
        audit_page(&tab, "/nowhere", "Page not found").await?;
        audit_page(&tab, "/auth/callback/dev", "This sign-in cannot be finished").await?;
        audit_page(&tab, "/password/reset", "This link is not complete").await?;

        audit_page(&tab, "/password/forgotten", "Forgot your password?").await?;
        tab.fill("Email", "nobody@example.test").await?;
        tab.press("Send the link").await?;
        tab.is_headed("Check your email").await?;
        audit(&tab, "the mail is sent").await?;

        audit_page(&tab, "/password/reset#uid=x&token=y", "Set a new password").await?;
        tab.fill("New password", "another horse staple").await?;
        tab.press("Set password").await?;
        tab.shows("This link was used before").await?;
        audit(&tab, "a link that is too old").await?;

        audit_page(&tab, "/register", "Create an account").await?;
        tab.fill("Username", "demo").await?;
        tab.fill("Email", "demo@example.test").await?;
        tab.fill("Password", "123").await?;
        tab.press("Create account").await?;
        tab.shows("A user with that username already exists.").await?;
        audit(&tab, "a registration that is refused").await?;

        tab.goto("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        audit(&tab, "/sign-in").await?;
        tab.submit_password("demo", "wrong").await?;
        tab.shows("Unable to log in").await?;
        audit(&tab, "a password that is refused").await
    })
}

#[test]
fn axe_finds_nothing_on_the_pages_of_somebody_signed_in() -> Result<()> {
    Scenario::new().with_axe().run(async |stage| {
        stage.browser.console.expect(POSTS, "503");
        stage.browser.console.expect(POSTS, "ERR_INTERNET_DISCONNECTED");
        let slow = Fault::on(POSTS).delay(Duration::from_secs(6)).times(1);
        stage.stack.faults(&[slow]).await?;
        let tab = stage.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_password("demo", PASSWORD).await?;
        tab.shows("Loading posts…").await?;
        audit(&tab, "posts on their way").await?;
        tab.has_posts(100).await?;
        audit(&tab, "/posts").await?;
        tab.fill("Find", "no post says this").await?;
        tab.shows("0 of 100 posts").await?;
        audit(&tab, "no post is found").await?;
        tab.fill("Find", " ").await?;
        tab.has_posts(100).await?;
        tab.set_offline(true).await?;
        tab.shows("You are offline.").await?;
        audit(&tab, "offline").await?;
        tab.set_offline(false).await?;
        tab.hides_within("You are offline.", LONG).await?;

        let post = json!([{"id": 101, "userId": 1, "title": "new", "body": "text"}]);
        stage.stack.faults(&[Fault::on(POSTS).json(post)]).await?;
        tab.press("Refresh").await?;
        tab.has_posts(1).await?;
        stage
            .stack
            .faults(&[Fault::on(POSTS).json(json!([
                {"id": 102, "userId": 1, "title": "newer", "body": "text"},
                {"id": 101, "userId": 1, "title": "new", "body": "text"},
            ]))])
            .await?;
        tab.press("Refresh").await?;
        tab.shows("Show 1 new post").await?;
        audit(&tab, "a new post is offered").await?;

        stage.stack.faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.press("Refresh").await?;
        tab.shows("These are the last posts that came").await?;
        audit(&tab, "posts that are not current").await?;
        tab.reload().await?;
        tab.shows("The app tries again by itself.").await?;
        audit(&tab, "no posts").await?;
        stage.stack.heal().await?;

        audit_page(&tab, "/account", "Account").await?;
        tab.press("Save name").await?;
        tab.shows("Your name is saved.").await?;
        audit(&tab, "a name that is saved").await?;
        audit_page(&tab, "/session", "Your session").await?;
        audit_page(&tab, "/", "Welcome back").await
    })
}

#[test]
fn axe_finds_nothing_on_the_question_who_is_there_and_on_signing_in_again() -> Result<()> {
    Scenario::new().with_axe().with_provider().first_script(IDLE_LIMIT).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.shows_within("Are you still there?", LONG).await?;
        audit(&tab, "the question who is there").await?;
        tab.shows_within("Sign in to go on", LONG).await?;
        tab.shows("Continue with Dev OIDC").await?;
        audit(&tab, "signing in again").await
    })
}

#[test]
fn axe_finds_nothing_on_the_word_before_a_session_ends() -> Result<()> {
    Scenario::new().with_axe().setting("SESSION_TTL", 110).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.shows("Your session ends soon").await?;
        audit(&tab, "the word before a session ends").await
    })
}
