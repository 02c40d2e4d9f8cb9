//! django-allauth's headless API.

use super::object_of;
use crate::dialect::{
    AnswerError, ApiRequest, ApiResponse, Dialect, JsonObject, Login, NewAccount, Rejection, ResetLink, SignInAnswer,
    read_user,
};
use crate::json;
use crate::transport::{Header, TokenResponse};
use yew_auth_session::{AccessToken, RefreshToken, User};

/// The [headless API](https://docs.allauth.org/en/latest/headless/) of django-allauth.
///
/// [`app`](Self::app) is for [`Bearer`](crate::transport::Bearer): the page holds a session token and sends it as
/// `X-Session-Token`. [`browser`](Self::browser) is for
/// [`Cookie::with_fixed_names`](crate::transport::Cookie::with_fixed_names): Django's session cookie, which no script can
/// read. Sessions are not refreshed; they last as long as the backend keeps them.
///
/// A sign-in that needs another step, such as a second factor, is refused. The [`code`](Rejection::code) of the refusal is
/// the step's name in allauth's specification, such as `mfa_authenticate`.
///
/// # Example
///
/// ```
/// use yew_auth::dialect::AllauthHeadless;
/// use yew_auth::transport::{Bearer, Cookie};
/// use yew_auth::{AuthConfig, Origin};
///
/// let browser = AuthConfig::new(AllauthHeadless::browser(), Cookie::with_fixed_names());
/// let app = AuthConfig::new(AllauthHeadless::app(), Bearer::new(Origin::new("https://api.example")?));
/// # Ok::<(), yew_auth::InvalidOrigin>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllauthHeadless {
    path: String,
    client: &'static str,
    login_field: &'static str,
}

impl AllauthHeadless {
    /// The client `app`, whose session token the page holds.
    #[must_use]
    pub fn app() -> Self {
        Self { path: "/_allauth/".to_owned(), client: "app", login_field: "username" }
    }

    /// The client `browser`, whose session is in Django's cookie.
    #[must_use]
    pub fn browser() -> Self {
        Self { client: "browser", ..Self::app() }
    }

    /// The path of the headless API, with a slash at its end. Default: `/_allauth/`.
    #[must_use]
    pub fn with_path(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The field in which a sign-in sends what was typed as a name: `username` or `email`, as `ACCOUNT_LOGIN_METHODS`
    /// says. Default: `username`.
    #[must_use]
    pub fn with_login_field(self, field: &'static str) -> Self {
        Self { login_field: field, ..self }
    }

    fn endpoint(&self, endpoint: &str) -> String {
        format!("{}{}/v1/{endpoint}", self.path, self.client)
    }

    fn post(&self, endpoint: &str, fields: &[(&str, &str)]) -> ApiRequest {
        ApiRequest::post(self.endpoint(endpoint)).with_fields(fields)
    }
}

impl Dialect for AllauthHeadless {
    fn sign_in(&self, login: &Login) -> ApiRequest {
        self.post("auth/login", &[(self.login_field, login.name()), ("password", login.password())])
    }

    fn read_sign_in(&self, response: &ApiResponse) -> Result<SignInAnswer, AnswerError> {
        let object = object_of(response)?;
        let user = user_of(response).ok_or(AnswerError::Lacks("a user in `data.user`"))?;
        let token = object.object("meta").and_then(|meta| meta.text("session_token"));
        let access = token.and_then(|token| AccessToken::new(token).ok());
        let tokens = TokenResponse { access, cannot_be_refreshed: true, ..TokenResponse::default() };
        Ok(SignInAnswer::new(Some(user), tokens))
    }

    /// It answers 401 or 410 with `is_authenticated` in `meta`: `false`, or `null` to an unknown session token. It is `true`
    /// in the 401 that asks somebody to prove again who they are.
    fn ends_session(&self, response: &ApiResponse) -> bool {
        let meta = response.object().and_then(|object| object.object("meta"));
        let says = |value: &str| matches!(value, "false" | "null");
        let is_out = meta.and_then(|meta| meta.raw("is_authenticated")).is_some_and(says);
        matches!(response.status(), 401 | 410) && is_out
    }

    fn sign_out(&self, _: Option<&RefreshToken>) -> Option<ApiRequest> {
        Some(ApiRequest::delete(self.endpoint("auth/session")))
    }

    fn user(&self) -> Option<ApiRequest> {
        Some(ApiRequest::get(self.endpoint("auth/session")))
    }

    fn read_user(&self, response: &ApiResponse) -> Option<User> {
        user_of(response)
    }

    fn authorization(&self, access: &AccessToken) -> Header {
        ("x-session-token", access.secret().to_owned())
    }

    /// DRF's session authentication answers 403, and allauth 410 to a token that is no longer known.
    fn refuses_credentials(&self, status: u16) -> bool {
        matches!(status, 401 | 403 | 410)
    }

    fn read_rejection(&self, response: &ApiResponse) -> Rejection {
        let rejection = response.rejection();
        let Some(step) = pending_step(response) else { return rejection };
        Rejection { detail: Some(explanation(&step)), code: Some(step), ..rejection }
    }

    /// It answers 409 to a sign-in while the browser has a session.
    fn wants_sign_out_first(&self, status: u16) -> bool {
        status == 409
    }

    fn csrf_token(&self) -> Option<ApiRequest> {
        Some(ApiRequest::get(self.endpoint("config")))
    }

    fn register(&self, account: &NewAccount) -> Option<ApiRequest> {
        let fields = [("username", account.username()), ("email", account.email()), ("password", account.password())];
        Some(self.post("auth/signup", &fields))
    }

    /// With `ACCOUNT_EMAIL_VERIFICATION = "mandatory"` it answers 401.
    fn awaits_confirmation(&self, registration: &ApiResponse) -> bool {
        pending_step(registration).is_some_and(|step| step == VERIFY_EMAIL)
    }

    fn request_password_reset(&self, email: &str) -> Option<ApiRequest> {
        Some(self.post("auth/password/request", &[("email", email)]))
    }

    /// Its links have one key.
    fn confirm_password_reset(&self, link: &ResetLink, password: &str) -> Option<ApiRequest> {
        Some(self.post("auth/password/reset", &[("key", link.token()), ("password", password)]))
    }

    fn change_password(&self, old: &str, new: &str) -> Option<ApiRequest> {
        Some(self.post("account/password/change", &[("current_password", old), ("new_password", new)]))
    }
}

/// The flow in which the owner of an email address confirms it.
const VERIFY_EMAIL: &str = "verify_email";

/// The flow that a sign-in goes on with, where a password is not enough.
fn pending_step(response: &ApiResponse) -> Option<String> {
    let flows = response.object()?.object("data")?.raw("flows")?;
    let flows: Vec<JsonObject<'_>> = json::read(flows).ok()?;
    let pending = flows.into_iter().find(|flow| flow.get("is_pending") == Some(true))?;
    pending.text("id").filter(|_| response.status() == 401)
}

fn explanation(step: &str) -> String {
    match step {
        VERIFY_EMAIL => "Confirm your email address with the link that was sent to it, then sign in.".to_owned(),
        "mfa_authenticate" => "This account needs a second factor, and this app cannot ask for it.".to_owned(),
        step => format!("Signing in takes another step that this app does not have: {step}."),
    }
}

fn user_of(response: &ApiResponse) -> Option<User> {
    read_user(response.object()?.object("data")?.raw("user")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As allauth 65.22 answers.
    const SIGNED_IN: &str = r#"{"status":200,"data":{"user":{"id":1,"display":"ada","has_usable_password":true,
        "email":"ada@example.test","username":"ada"},"methods":[{"method":"password","at":1,"username":"ada"}]},
        "meta":{"is_authenticated":true,"session_token":"t0k"}}"#;
    const SIGNED_OUT: &str = r#"{"status":401,"data":{"flows":[{"id":"login"}]},"meta":{"is_authenticated":false}}"#;
    const UNKNOWN_TOKEN: &str = r#"{"status":410,"data":{"flows":[{"id":"login"}]},"meta":{"is_authenticated":null}}"#;
    const PROVE_AGAIN: &str =
        r#"{"status":401,"data":{"user":{"id":1},"flows":[{"id":"reauthenticate"}]},"meta":{"is_authenticated":true}}"#;

    const SECOND_FACTOR: &str = r#"{"status":401,"data":{"flows":[{"id":"login"},{"id":"signup"},
        {"id":"mfa_authenticate","is_pending":true,"types":["totp"]}]},"meta":{"is_authenticated":false}}"#;
    const UNCONFIRMED: &str = r#"{"status":401,"data":{"flows":[{"id":"login"},{"id":"verify_email","is_pending":true}]},
        "meta":{"is_authenticated":false}}"#;

    fn ends_session(status: u16, body: &str) -> bool {
        AllauthHeadless::app().ends_session(&ApiResponse::new(status, body))
    }

    #[test]
    fn a_sign_in_brings_the_user_and_in_the_app_client_a_session_token() {
        let answer = AllauthHeadless::app().read_sign_in(&ApiResponse::new(200, SIGNED_IN)).unwrap();
        assert_eq!(answer.user.unwrap().username, "ada");
        let access = answer.tokens.access.unwrap();
        assert_eq!(AllauthHeadless::app().authorization(&access), ("x-session-token", "t0k".to_owned()));
        assert!(answer.tokens.cannot_be_refreshed);
    }

    #[test]
    fn c10_only_its_own_words_end_a_session() {
        assert!(ends_session(401, SIGNED_OUT) && ends_session(410, UNKNOWN_TOKEN));
        for (status, body) in [
            (401, PROVE_AGAIN),
            (401, r#"{"message":"Unauthorized"}"#),
            (401, ""),
            (410, "<html>"),
            (403, SIGNED_OUT),
            (200, SIGNED_OUT),
        ] {
            assert!(!ends_session(status, body), "{status} {body}");
        }
    }

    #[test]
    fn c2_a_sign_out_is_answered_by_401() {
        let is_signed_out = |status, body| AllauthHeadless::browser().is_signed_out(&ApiResponse::new(status, body));
        assert!(is_signed_out(401, SIGNED_OUT) && is_signed_out(410, UNKNOWN_TOKEN));
        assert!(!is_signed_out(403, "<html>") && !is_signed_out(401, r#"{"message":"Unauthorized"}"#));
    }

    #[test]
    fn a_step_that_is_left_is_named_to_the_app_and_explained_to_the_person() {
        let rejection = |status, body: &str| AllauthHeadless::app().read_rejection(&ApiResponse::new(status, body));
        let second = rejection(401, SECOND_FACTOR);
        assert_eq!(second.code.as_deref(), Some("mfa_authenticate"));
        let words = second.words().unwrap();
        assert_eq!(words, "This account needs a second factor, and this app cannot ask for it.");
        let other = SECOND_FACTOR.replace("mfa_authenticate", "login_by_code");
        assert!(rejection(401, &other).words().unwrap().ends_with(": login_by_code."));
        for (status, body) in
            [(401, SIGNED_OUT), (401, "<html>"), (403, SECOND_FACTOR), (401, r#"{"data":{"flows":7}}"#)]
        {
            assert_eq!(rejection(status, body).code, None, "{status} {body}");
        }
    }

    #[test]
    fn an_account_whose_address_is_to_be_confirmed_was_made() {
        let awaits = |body: &str| AllauthHeadless::browser().awaits_confirmation(&ApiResponse::new(401, body));
        assert!(awaits(UNCONFIRMED));
        assert!(!awaits(SECOND_FACTOR) && !awaits(SIGNED_OUT) && !awaits(""));
    }

    #[test]
    fn the_two_clients_have_paths_of_their_own() {
        let user = |dialect: AllauthHeadless| dialect.user().unwrap().path().to_owned();
        assert_eq!(user(AllauthHeadless::browser()), "/_allauth/browser/v1/auth/session");
        assert_eq!(user(AllauthHeadless::app().with_path("/v1/_allauth/")), "/v1/_allauth/app/v1/auth/session");
    }
}
