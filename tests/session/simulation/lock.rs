//! The refresh lock: a web lock, or a lease in the storage.

use yew_auth::session::LeaseId;

/// Names one load of a page; no two are alike.
pub type PageId = usize;

/// What the browser offers to lock with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockKind {
    /// It is let go of when its page is gone.
    WebLock,
    /// It stays when its page is gone.
    Lease,
}

#[derive(Debug)]
pub struct Lock {
    kind: LockKind,
    held: Option<Lease>,
    taken: u64,
}

#[derive(Debug)]
struct Lease {
    page: PageId,
    id: LeaseId,
}

impl Lock {
    pub const fn new(kind: LockKind) -> Self {
        Self { kind, held: None, taken: 0 }
    }

    /// Takes the lock if it is free; tells its holder's lease if it is not.
    pub fn try_take(&mut self, page: PageId) -> Result<(), LeaseId> {
        match &self.held {
            Some(lease) if lease.page != page => Err(lease.id.clone()),
            _ => {
                self.take(page);
                Ok(())
            }
        }
    }

    pub fn take(&mut self, page: PageId) {
        self.taken += 1;
        self.held = Some(Lease { page, id: LeaseId::new(self.taken.to_string()) });
    }

    /// Does nothing for a page whose lock was stolen.
    pub fn release(&mut self, page: PageId) {
        if self.held.as_ref().is_some_and(|lease| lease.page == page) {
            self.held = None;
        }
    }

    pub fn page_is_gone(&mut self, page: PageId) {
        if self.kind == LockKind::WebLock {
            self.release(page);
        }
    }
}
