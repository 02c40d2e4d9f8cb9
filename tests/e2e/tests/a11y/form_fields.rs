//! What form fields tell password managers, phone keyboards and screen readers.

use anyhow::Result;
use e2e::{Fault, LOGIN, Scenario, Tab};
use serde_json::json;

/// The name, type, autocomplete and keyboard hints of each visible field.
const FIELDS: &str = "return [...document.querySelectorAll('form input:not([hidden])')].map((field) =>
    [field.name, field.type, field.autocomplete, field.inputMode, field.autocapitalize,
     field.getAttribute('autocorrect') ?? ''].join(' '))";

async fn has_fields(tab: &Tab, path: &str, heading: &str, expected: &[&str]) -> Result<()> {
    tab.open(path, heading).await?;
    assert_eq!(tab.script::<Vec<String>>(FIELDS).await?, expected, "{path}");
    Ok(())
}

#[test]
fn each_field_says_what_it_is_for() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        let password = "password password current-password  none off";
        let new_password = "new-password password new-password  none off";
        let email = "email email email  none off";
        has_fields(&tab, "/sign-in", "Sign in", &["username text username email none off", password]).await?;
        let registration = ["username text username  none off", email, "password password new-password  none off"];
        has_fields(&tab, "/register", "Create an account", &registration).await?;
        has_fields(&tab, "/password/forgotten", "Forgot your password?", &[email]).await?;
        has_fields(&tab, "/password/reset#uid=x&token=y", "Set a new password", &[new_password]).await?;
        tab.sign_in().await?;
        let account = [
            "given-name text given-name  words ",
            "family-name text family-name  words ",
            "current-password password current-password  none off",
            new_password,
        ];
        has_fields(&tab, "/account", "Account", &account).await?;
        let username: String = tab.script("return document.querySelector('input[hidden]').value").await?;
        assert_eq!(username, "demo", "a password manager sees whose password changes");
        Ok(())
    })
}

#[test]
fn each_password_that_can_be_shown_has_a_button_with_its_name() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.open("/account", "Account").await?;
        tab.activate("Show current password").await?;
        assert_eq!(tab.focused_name().await?, "Hide current password");
        tab.activate("Show new password").await?;
        assert_eq!(tab.focused_name().await?, "Hide new password");
        let types = "return ['current-password', 'new-password'].map((id) => document.getElementById(id).type)";
        assert_eq!(tab.script::<Vec<String>>(types).await?, ["password", "text"], "one at a time");
        Ok(())
    })
}

/// The pixels between the error of a form and its button.
const SPACE_UNDER_ERROR: &str = "const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    return Math.round(box('form [type=submit]').top - box('form .alert').bottom)";

#[test]
fn an_error_of_many_lines_keeps_its_distance_from_the_button() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(LOGIN, "403");
        let tab = ctx.tab("/").await?;
        tab.resize_phone(360, 800).await?;
        let refusal = json!({ "detail": "The account is waiting. ".repeat(10) });
        ctx.servers.set_faults(&[Fault::on(LOGIN).status(403).json(refusal)]).await?;
        tab.open("/sign-in", "Sign in").await?;
        tab.submit_demo_password().await?;
        tab.shows("The account is waiting.").await?;
        let space: i32 = tab.script(SPACE_UNDER_ERROR).await?;
        assert!(space >= 8, "{space} px");
        Ok(())
    })
}
