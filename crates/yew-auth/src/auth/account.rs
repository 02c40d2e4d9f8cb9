//! What a person can do about their account.

use super::authorized_client::send;
use super::driver::Patience;
use super::use_auth::UseAuthHandle;
use crate::api::{NewAccount, RequestError, ResetLink, user};

/// What has become of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Registered {
    /// The account is there, and its owner signed in.
    SignedIn,
    /// The account is there; the backend has the e-mail address confirmed before anybody signs in.
    AwaitsConfirmation,
}

/// Accounts. Where a request is refused for what was typed, [`RequestError::Status`] says what is wrong with which
/// field, by the backend's own names.
impl UseAuthHandle {
    /// Makes an account, and signs in where the backend allows it at once.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the fields `username`, `email` and `password1`; otherwise what kept the answer
    /// away.
    pub async fn register(&self, account: NewAccount) -> Result<Registered, RequestError> {
        let driver = &self.context.driver;
        let has_session = driver.sign_in(Box::pin(driver.api.register(&account))).await?;
        Ok(if has_session { Registered::SignedIn } else { Registered::AwaitsConfirmation })
    }

    /// Has a link mailed with which a new password can be set. Nobody is told whether the address is known.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the field `email`; otherwise what kept the answer away.
    pub async fn request_password_reset(&self, email: &str) -> Result<(), RequestError> {
        self.context.driver.api.request_password_reset(email).await
    }

    /// Sets the password of the account that the mail's link is for. With the project's backend this ends all its
    /// sessions.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the fields `uid` and `token` when the link was used or is too old, and
    /// `new_password2` when the password will not do; otherwise what kept the answer away.
    pub async fn confirm_password_reset(&self, link: &ResetLink, new_password: &str) -> Result<(), RequestError> {
        self.context.driver.api.confirm_password_reset(link, new_password).await
    }

    /// Changes the password of whoever is signed in. With the project's backend this ends their other sessions.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the fields `old_password` and `new_password2`; otherwise what kept the answer
    /// away.
    pub async fn change_password(&self, old_password: &str, new_password: &str) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        send(driver, driver.api.password_change(old_password, new_password)?, Patience::Long).await.map(drop)
    }

    /// Changes the name of whoever is signed in, for all tabs.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the fields `first_name` and `last_name`; otherwise what kept the answer away.
    pub async fn change_name(&self, first_name: &str, last_name: &str) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        let response = send(driver, driver.api.name_change(first_name, last_name)?, Patience::Long).await?;
        driver.change_user(user(&response)?);
        Ok(())
    }
}
