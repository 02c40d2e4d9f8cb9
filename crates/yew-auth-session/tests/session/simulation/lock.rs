//! The lock around what changes the tokens: a web lock, or a lease in the storage.

use yew_auth_session::LeaseId;

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

/// What in a page holds the lock: its machine, or a request that has waited for its turn, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockOwner {
    Machine,
    Request(u64),
}

#[derive(Debug)]
struct Lease {
    page: PageId,
    owner: LockOwner,
    id: LeaseId,
}

impl Lock {
    pub const fn new(kind: LockKind) -> Self {
        Self { kind, held: None, taken: 0 }
    }

    /// Takes the lock if it is free; tells its holder's lease if it is not.
    pub fn try_take(&mut self, page: PageId, owner: LockOwner) -> Result<(), LeaseId> {
        match &self.held {
            Some(lease) if (lease.page, lease.owner) != (page, owner) => Err(lease.id.clone()),
            _ => {
                self.take(page, owner);
                Ok(())
            }
        }
    }

    pub fn take(&mut self, page: PageId, owner: LockOwner) {
        self.taken += 1;
        self.held = Some(Lease { page, owner, id: LeaseId::new(self.taken.to_string()) });
    }

    /// The page that holds it.
    pub fn holder(&self) -> Option<PageId> {
        self.held.as_ref().map(|lease| lease.page)
    }

    /// Does nothing for a owner that the lock was stolen from.
    pub fn release(&mut self, page: PageId, owner: LockOwner) {
        if self.held.as_ref().is_some_and(|lease| (lease.page, lease.owner) == (page, owner)) {
            self.held = None;
        }
    }

    pub fn page_is_gone(&mut self, page: PageId) {
        if self.kind == LockKind::WebLock && self.held.as_ref().is_some_and(|lease| lease.page == page) {
            self.held = None;
        }
    }
}
