//! Takes the answer to a request that was sent before the app ran, or leaves it.

use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::browser::prefetch::{Prefetch, PrefetchAnswer};
use crate::driver::{Driver, PrefetchOutcome};

/// An answer that is older is not shown: a poll would have replaced it by then.
pub(super) const MAX_AGE: Duration = Duration::from_secs(10);

/// The data of an answer, and what else the poll keeps of it.
pub(super) struct Prefetched<T> {
    pub(super) data: Rc<T>,
    pub(super) answer: PrefetchAnswer,
}

/// The data, if the page may show it: for the user and the state of the session that the page shows, a 200 with JSON of
/// the right type, young enough. Otherwise it is left unread.
pub(super) fn read<T: DeserializeOwned>(
    prefetch: &Prefetch,
    driver: &Driver,
) -> Result<Prefetched<T>, PrefetchOutcome> {
    if !is_of_session(prefetch, driver) {
        return Err(PrefetchOutcome::OtherSession);
    }
    let answer = prefetch.answer().ok_or(PrefetchOutcome::NoAnswer)?;
    if answer.status != 200 || !answer.content_type.starts_with("application/json") {
        return Err(PrefetchOutcome::Refused);
    }
    if answer.age > MAX_AGE {
        return Err(PrefetchOutcome::TooOld);
    }
    let data = serde_json::from_slice(&answer.body).map_err(|_| PrefetchOutcome::UnexpectedBody)?;
    Ok(Prefetched { data: Rc::new(data), answer })
}

/// Whether it was sent for the user and the state of the session that the page shows.
fn is_of_session(prefetch: &Prefetch, driver: &Driver) -> bool {
    let user = driver.user_id();
    user.is_some() && prefetch.user() == user && prefetch.generation() == Some(driver.generation().get() as f64)
}
