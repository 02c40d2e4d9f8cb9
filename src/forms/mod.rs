//! Forms. A page has a static list of [`Field`]s and a callback that submits their values.

mod errors;
mod field;
mod form;
mod result_card;

pub use errors::FormErrors;
pub use field::{Field, FieldKind, NEW_PASSWORD};
pub use form::{Form, FormValues, SubmitFuture};
pub use result_card::{result_card, use_is_done};
