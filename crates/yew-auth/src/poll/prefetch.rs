//! Takes the answer to a request that was sent before the app ran, or leaves it.

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::browser::prefetch::{Prefetch, PrefetchAnswer};
use crate::driver::Driver;

/// An answer that is older is not shown: a poll would have replaced it by then.
pub(super) const MAX_AGE: Duration = Duration::from_secs(10);

/// What became of a request that was sent before the app ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrefetchOutcome {
    /// Its answer was shown.
    Used,
    /// It was sent for another session than the one on the page.
    OtherSession,
    /// There was none in time.
    NoAnswer,
    /// The answer was not a 200 with JSON.
    Refused,
    /// The answer had been lying there for too long.
    TooOld,
    /// The answer was not the expected data.
    UnexpectedBody,
}

impl fmt::Display for PrefetchOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Used => "Shown before the app could ask",
            Self::OtherSession => "Not used: the session had changed",
            Self::NoAnswer => "Not used: it was not answered",
            Self::Refused => "Not used: the answer was an error",
            Self::TooOld => "Not used: the answer was too old",
            Self::UnexpectedBody => "Not used: the answer was not understood",
        })
    }
}

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
