//! Accounts: registration, passwords and names.

use super::UseAuthHandle;
use crate::client::{RequestError, supported};
use crate::dialect::{NewAccount, ResetLink};
use crate::driver::OnSessionEnd;

/// The result of [`UseAuthHandle::register`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Registered {
    /// The account exists and its owner is signed in.
    SignedIn,
    /// The account exists. The backend wants the email address confirmed before anyone can sign in.
    AwaitsConfirmation,
}

/// Accounts. If the backend refuses the input, [`RequestError::Status`] says what is wrong with which field, under the
/// backend's own field names.
impl UseAuthHandle {
    /// Creates an account, and signs its owner in if the backend allows that at once.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the fields `username`, `email` and `password1`; otherwise the reason why no usable
    /// answer arrived.
    pub async fn register(&self, account: NewAccount) -> Result<Registered, RequestError> {
        let driver = &self.context.driver;
        let request = Box::pin(async {
            let session = driver.session_id();
            driver.api.register(&account, session.as_ref()).await
        });
        let has_session = driver.sign_in(request).await?;
        Ok(if has_session { Registered::SignedIn } else { Registered::AwaitsConfirmation })
    }

    /// Asks the backend to send an email with a link that sets a new password. The answer does not tell whether an
    /// account with this address exists.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the field `email`; otherwise the reason why no usable answer arrived.
    pub async fn request_password_reset(&self, email: &str) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        driver.api.request_password_reset(email, driver.session_id().as_ref()).await
    }

    /// Sets a new password for the account that the email's link belongs to. This repository's backend ends all sessions
    /// of the account.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the fields `uid` and `token` if the link was used or has expired, and
    /// `new_password2` if the password is not accepted; otherwise the reason why no usable answer arrived.
    pub async fn confirm_password_reset(&self, link: &ResetLink, new_password: &str) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        driver.api.confirm_password_reset(link, new_password, driver.session_id().as_ref()).await
    }

    /// Changes the password of the signed-in user. This repository's backend ends their other sessions.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the fields `old_password` and `new_password2`; otherwise the reason why no usable
    /// answer arrived.
    pub async fn change_password(&self, old_password: &str, new_password: &str) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        let request = supported(driver.api.dialect.change_password(old_password, new_password))?;
        driver.send(request, OnSessionEnd::WaitForSignIn).await.map(drop)
    }

    /// Changes the name of the signed-in user, for all tabs.
    ///
    /// # Errors
    /// [`RequestError::Status`] with the fields `first_name` and `last_name`; otherwise the reason why no usable answer
    /// arrived.
    pub async fn change_name(&self, first_name: &str, last_name: &str) -> Result<(), RequestError> {
        let driver = &self.context.driver;
        let request = supported(driver.api.dialect.change_name(first_name, last_name))?;
        driver.load_user(request, OnSessionEnd::WaitForSignIn).await
    }
}
