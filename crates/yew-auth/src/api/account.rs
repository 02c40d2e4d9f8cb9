//! The requests about an account, in dj-rest-auth's words.

use gloo_net::http::Method;

use super::client::{ApiClient, ApiRequest, SignedIn, api_request};
use super::new_account::NewAccount;
use super::request_error::RequestError;
use super::reset_link::ResetLink;
use super::wire::object;
use crate::browser::http::HttpResponse;

/// With these a new account's answer is complete without a session: its address is to be confirmed first.
const CREATED: u16 = 201;
const NO_CONTENT: u16 = 204;

impl ApiClient {
    /// Makes an account; the session comes with it, unless the backend wants the address confirmed first.
    pub(crate) async fn register(&self, account: &NewAccount) -> Result<Option<SignedIn>, RequestError> {
        let NewAccount { username, email, password } = account;
        let password = password.secret();
        let fields =
            [("username", username.as_str()), ("email", email), ("password1", password), ("password2", password)];
        let response = self.post_fields("registration/", &fields).await?;
        let may_lack_session = matches!(response.status, CREATED | NO_CONTENT);
        match self.signed_in(response) {
            Err(RequestError::UnexpectedBody) if may_lack_session => Ok(None),
            signed_in => signed_in.map(Some),
        }
    }

    /// Has a link mailed. The answer is the same for an address that nobody has.
    pub(crate) async fn request_password_reset(&self, email: &str) -> Result<(), RequestError> {
        self.post_fields("password/reset/", &[("email", email)]).await.map(drop)
    }

    pub(crate) async fn confirm_password_reset(&self, link: &ResetLink, password: &str) -> Result<(), RequestError> {
        let ResetLink { uid, token } = link;
        let fields =
            [("uid", uid.as_str()), ("token", token), ("new_password1", password), ("new_password2", password)];
        self.post_fields("password/reset/confirm/", &fields).await.map(drop)
    }

    /// For somebody who is signed in.
    pub(crate) fn password_change(&self, old: &str, new: &str) -> Result<ApiRequest, RequestError> {
        let fields = [("old_password", old), ("new_password1", new), ("new_password2", new)];
        self.account_request(Method::POST, "password/change/", &fields)
    }

    /// For somebody who is signed in.
    pub(crate) fn name_change(&self, first_name: &str, last_name: &str) -> Result<ApiRequest, RequestError> {
        self.account_request(Method::PATCH, "user/", &[("first_name", first_name), ("last_name", last_name)])
    }

    async fn post_fields(&self, endpoint: &str, fields: &[(&str, &str)]) -> Result<HttpResponse, RequestError> {
        self.send(self.account_request(Method::POST, endpoint, fields)?, Vec::new()).await
    }

    fn account_request(
        &self,
        method: Method,
        endpoint: &str,
        fields: &[(&str, &str)],
    ) -> Result<ApiRequest, RequestError> {
        Ok(api_request(method, self.auth_path.join(endpoint)?, Some(object(fields))))
    }
}
