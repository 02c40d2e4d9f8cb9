//! The polled data, and what is known about it.

use std::rc::Rc;

use crate::client::RequestError;
use yew_auth_session::Timestamp;

/// The polled data, and what is known about it.
#[derive(Debug)]
pub(crate) struct PollState<T> {
    pub(crate) data: Option<Rc<T>>,
    pub(crate) error: Option<Rc<RequestError>>,
    pub(crate) is_validating: bool,
    pub(crate) updated_at: Option<Timestamp>,
}

// Derived, these two would require `T: Clone` and `T: Default`.
impl<T> Clone for PollState<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            error: self.error.clone(),
            is_validating: self.is_validating,
            updated_at: self.updated_at,
        }
    }
}

impl<T> Default for PollState<T> {
    fn default() -> Self {
        Self { data: None, error: None, is_validating: false, updated_at: None }
    }
}
