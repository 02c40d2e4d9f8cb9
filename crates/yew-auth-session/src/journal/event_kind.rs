//! Which event the machine handled.

use crate::event::{Event, RefreshOutcome};

/// The kind of an event. Read it before the machine takes the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Somebody has signed in on this page.
    SignedIn,
    /// A refresh was answered with a new token.
    RefreshGranted,
    /// The API has refused the access token.
    TokenRefused,
    /// The user's own details were read anew.
    UserChanged,
    /// Another tab holds the refresh lock.
    LockBusy,
    /// The page became visible again.
    Woke,
    /// The network is gone.
    Offline,
    /// The network is back.
    Online,
    /// Any other event.
    Other,
}

impl From<&Event> for EventKind {
    fn from(event: &Event) -> Self {
        match event {
            Event::SignedIn { .. } => Self::SignedIn,
            Event::RefreshFinished { outcome: RefreshOutcome::Granted(_), .. } => Self::RefreshGranted,
            Event::AccessTokenRejected(_) => Self::TokenRefused,
            Event::UserChanged { .. } => Self::UserChanged,
            Event::LockBusy { .. } => Self::LockBusy,
            Event::Woke { .. } => Self::Woke,
            Event::OnlineChanged(false) => Self::Offline,
            Event::OnlineChanged(true) => Self::Online,
            _ => Self::Other,
        }
    }
}
