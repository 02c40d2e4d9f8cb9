#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod authorization;
mod claims;
mod contention;
mod credentials;
mod event;
#[cfg(feature = "inspector")]
mod inspection;
mod jitter;
#[cfg(feature = "inspector")]
mod journal;
mod machine;
mod policy;
mod poll_schedule;
mod record;
mod rule;
mod session_end;
mod skew;
mod state;
mod time;
mod token;
mod token_id;
mod user;

pub use authorization::Authorization;
pub use claims::{Claims, ClaimsError};
pub use contention::Contention;
pub use credentials::Credentials;
pub use event::{Effect, Event, IssuedTokens, LeaseId, Notice, RefreshOutcome, Ticket};
#[cfg(feature = "inspector")]
pub use inspection::{InspectedSession, Inspection, RefreshProgress};
#[cfg(feature = "inspector")]
pub use journal::{EventKind, Journal, JournalEntry, JournalEvent};
pub use machine::SessionMachine;
pub use policy::{Freshness, RefreshPolicy};
pub use poll_schedule::{PollOutcome, PollSchedule};
pub use record::{
    Generation, RecordStatus, RefreshPause, Revocation, SCHEMA, SessionRecord, Stored, StoredRecord, StoredSession,
};
#[cfg(feature = "mutants")]
#[doc(hidden)]
pub use rule::Rule;
pub use session_end::{EndCause, PlannedEnd};
pub use skew::ClockEstimate;
pub use state::{Connection, Degradation, Persistence, Session, SessionState, SignOutReason};
pub use time::{Now, Skew, Timestamp};
pub use token::{AccessToken, MAX_TOKEN_LEN, RefreshToken, TokenError};
pub use token_id::TokenId;
pub use user::User;
