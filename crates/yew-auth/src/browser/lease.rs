//! The stored note that says who holds the refresh lock.

use std::time::Duration;

use super::crypto;
use super::storage::SharedItem;
use super::timer;

/// Long enough for this tab to see a write of another tab, in another process, on a busy machine.
const SETTLE: Duration = Duration::from_millis(250);

/// The note of one holder. It is removed when this is dropped, unless another tab has overwritten it.
#[derive(Debug)]
pub(crate) struct Lease {
    item: SharedItem,
    id: String,
}

impl Lease {
    /// Writes the note. If storage is blocked, no other tab shares it, and the note is not needed.
    pub(crate) fn write(item: &SharedItem) -> Self {
        let lease = Self { item: item.clone(), id: crypto::random_text(16).unwrap_or_default() };
        let _ = item.write(&lease.id);
        lease
    }

    /// Takes the lock by the note alone, in a browser without Web Locks: the last tab to write the note gets the lock.
    pub(crate) async fn contend(item: &SharedItem) -> Option<Self> {
        let lease = Self::write(item);
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
