//! The note that says who holds the refresh lock.

use std::time::Duration;

use super::crypto;
use super::storage::SharedItem;
use super::timer;

/// Long enough for a write of another tab, in another process, to be seen by this one, on a busy machine too.
const SETTLE: Duration = Duration::from_millis(250);

/// The note of one taking. It is removed when this is dropped, unless somebody else has overwritten it.
#[derive(Debug)]
pub(crate) struct Lease {
    item: SharedItem,
    id: String,
}

impl Lease {
    /// Leaves the note. Storage that is blocked is shared with nobody, so there is nobody to read it.
    pub(crate) fn leave(item: &SharedItem) -> Self {
        let lease = Self { item: item.clone(), id: crypto::random_text(16).unwrap_or_default() };
        let _ = item.write(&lease.id);
        lease
    }

    /// Takes the lock by the note alone, where the browser has no locks: the last to write it has won.
    pub(crate) async fn contend(item: &SharedItem) -> Option<Self> {
        let lease = Self::leave(item);
        timer::sleep(SETTLE).await;
        lease.is_ours().then_some(lease)
    }

    fn is_ours(&self) -> bool {
        match self.item.read() {
            Ok(Some(id)) => id == self.id,
            Ok(None) => false,
            Err(_) => true,
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if self.is_ours() {
            self.item.remove();
        }
    }
}
