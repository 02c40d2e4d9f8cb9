#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod authorization;
mod claims;
mod contention;
mod credentials;
mod event;
mod found_session;
mod generation;
#[cfg(feature = "inspector")]
mod inspection;
mod jitter;
#[cfg(feature = "inspector")]
mod journal;
mod machine;
mod pending_sign_in;
mod policy;
mod poll_schedule;
mod record;
mod rule;
mod session_end;
mod session_id;
mod skew;
mod state;
mod time;
mod token;
mod token_id;
mod user;

pub use authorization::Authorization;
pub use claims::{Claims, ClaimsError};
pub use contention::Contention;
pub use credentials::{CredentialKind, Credentials};
pub use event::{Effect, Event, IssuedTokens, LeaseId, Notice, RefreshOutcome, Ticket};
pub use found_session::{FoundSession, SessionsOutcome};
pub use generation::Generation;
#[cfg(feature = "inspector")]
pub use inspection::{InspectedSession, Inspection, RefreshProgress};
#[cfg(feature = "inspector")]
pub use journal::{EventKind, Journal, JournalEntry, JournalEvent};
pub use machine::SessionMachine;
pub use pending_sign_in::{PendingSignIn, SignInId};
pub use policy::{Freshness, RefreshPolicy};
pub use poll_schedule::{PollOutcome, PollSchedule};
pub use record::{RecordStatus, RefreshPause, Revocation, SCHEMA, SessionRecord, Stored, StoredRecord, StoredSession};
#[cfg(feature = "mutants")]
#[doc(hidden)]
pub use rule::Rule;
pub use session_end::{EndCause, PlannedEnd};
pub use session_id::{InvalidSessionId, SessionId};
pub use skew::ClockEstimate;
pub use state::{Connection, Degradation, Persistence, Session, SessionState, SignOutReason};
pub use time::{Now, Skew, Timestamp};
pub use token::{AccessToken, MAX_TOKEN_LEN, RefreshToken, TokenError};
pub use token_id::TokenId;
pub use user::User;
