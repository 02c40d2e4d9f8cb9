//! What a script in the page's head may know before the app runs.

use serde::Serialize;

use super::Driver;
use crate::json;
use yew_auth_session::{Credentials, Generation, SessionRecord, Timestamp};

/// Until when a request that the app is going to send may be sent early, and for which state of the session. It is kept
/// beside the record under `<name>.prefetch`, so that a script needs to know neither the record's form nor the policy.
#[derive(Serialize)]
struct PrefetchPermit {
    generation: Generation,
    /// On this machine's clock, in milliseconds. From then on the app refreshes the token first.
    until: Timestamp,
}

impl Driver {
    /// Updates the permit to a record that has just been stored. Tokens that a script would have to hold give none.
    pub(super) fn permit_prefetch(&self, record: &SessionRecord) {
        let written = self.prefetch_permit(record).map(|permit| self.prefetch.write(&json::text(&permit)));
        if !matches!(written, Some(Ok(()))) {
            self.prefetch.remove();
        }
    }

    fn prefetch_permit(&self, record: &SessionRecord) -> Option<PrefetchPermit> {
        let session = record.session().filter(|session| session.credentials == Credentials::Cookie)?;
        // Without a bound on the server's clock the app refreshes first.
        session.clock.uncertainty()?;
        let expires_at = session.clock.to_local(session.access_expires_at?);
        Some(PrefetchPermit { generation: record.generation, until: expires_at - self.policy.expiry_margin })
    }
}
