//! Takes the answer to a request that was sent before the app ran, or leaves it.

use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use super::PollEntry;
use crate::browser::clock;
use crate::browser::prefetch::{Prefetch, PrefetchAnswer};
use crate::driver::{Driver, PrefetchOutcome};
use crate::poll::state::PollState;

/// An answer that is older is not shown: a poll would have replaced it by then.
pub(super) const MAX_AGE: Duration = Duration::from_secs(10);

/// The data of an answer, and what else the poll keeps of it.
struct Prefetched<T> {
    data: Rc<T>,
    answer: PrefetchAnswer,
}

impl<T: DeserializeOwned + PartialEq + 'static> PollEntry<T> {
    /// Shows what a script in the page's head has requested, from the first render on. Where the answer is not there yet,
    /// the first poll waits for it.
    pub(super) fn take_prefetch(&self) {
        let Some(prefetch) = Prefetch::take(&self.path) else { return };
        match read(&prefetch, &self.driver) {
            Ok(prefetched) => {
                let age = prefetched.answer.age;
                self.prefetched_at.set(Some(clock::now().monotonic.saturating_sub(age)));
                let data = Some(self.accept(prefetched));
                let updated_at = Some(clock::wall() - age);
                self.state.replace(Rc::new(PollState { data, updated_at, ..PollState::default() }));
            }
            Err(PrefetchOutcome::NoAnswer) => {
                self.prefetch.replace(Some(prefetch));
            }
            Err(outcome) => self.leave(&prefetch, outcome),
        }
    }

    /// The answer to that request, once it is there.
    pub(super) async fn prefetched(&self) -> Option<Rc<T>> {
        let prefetch = self.prefetch.take()?;
        prefetch.done(self.driver.api.timeout).await;
        // Another tab may have changed the session meanwhile.
        self.driver.sync();
        match read(&prefetch, &self.driver) {
            Ok(prefetched) => Some(self.accept(prefetched)),
            Err(outcome) => {
                self.leave(&prefetch, outcome);
                None
            }
        }
    }

    fn accept(&self, Prefetched { data, answer }: Prefetched<T>) -> Rc<T> {
        self.driver.note_prefetch(PrefetchOutcome::Used);
        self.etag.replace(answer.etag);
        self.body.replace(answer.body);
        data
    }

    fn leave(&self, prefetch: &Prefetch, outcome: PrefetchOutcome) {
        self.driver.note_prefetch(outcome);
        prefetch.cancel();
    }
}

/// The data, if the page may show it: for the user and the state of the session that the page shows, a 200 with JSON of
/// the right type, young enough. Otherwise it is left unread.
fn read<T: DeserializeOwned>(prefetch: &Prefetch, driver: &Driver) -> Result<Prefetched<T>, PrefetchOutcome> {
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
