//! What the tabs of a browser share about the session, and how it is stored.

use std::time::Duration;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::credentials::Credentials;
use super::generation::Generation;
use super::pending_sign_in::PendingSignIn;
use super::session_id::SessionId;
use super::skew::ClockEstimate;
use super::state::SignOutReason;
use super::time::Timestamp;
use super::token::{AccessToken, RefreshToken};
use super::user::User;

/// The version of the stored form. A record with a higher one belongs to a newer release and is left alone.
///
/// Version 1 knew no cookies that are named after their session. It is still read.
pub const SCHEMA: u64 = 2;

/// The shared session, as of one [`Generation`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionRecord {
    /// Which change this is.
    pub generation: Generation,
    /// Signed in or out.
    pub status: RecordStatus,
    /// For how long no tab sends a refresh. The first release called it `hold`.
    #[serde(alias = "hold")]
    pub refresh_pause: Option<RefreshPause>,
    /// When somebody last did something in any tab, on the wall clock, in coarse steps.
    pub active_at: Option<Timestamp>,
    /// Sessions that were ended here and that the server has not yet been told of.
    #[serde(default)]
    pub revocations: Vec<Revocation>,
    /// Sign-ins that were sent and not yet answered, over cookies that are named after their session.
    #[serde(default)]
    pub pending_sign_ins: Vec<PendingSignIn>,
}

/// A time in which no tab sends a refresh: one was just sent, or the server has asked for it.
///
/// It is on the wall clock, the only one that tabs share, and that may jump: so it says how long it was to be, and its
/// number, not its time, tells it from an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RefreshPause {
    /// Counts the pauses of one session.
    pub number: u64,
    /// When it ends.
    pub until: Timestamp,
    /// When it began.
    pub since: Timestamp,
}

impl RefreshPause {
    /// How long it was meant to be.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.until.duration_since(self.since)
    }

    /// How much is left of it at `wall`: never more than the whole, wherever the clock has gone.
    #[must_use]
    pub fn left(&self, wall: Timestamp) -> Duration {
        self.until.duration_since(wall.max(self.since))
    }
}

/// Whether the record holds a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordStatus {
    /// Nobody has signed in yet.
    #[default]
    Empty,
    /// Somebody was signed in; no later answer may bring the session back.
    SignedOut(SignOutReason),
    /// Somebody is signed in.
    SignedIn(Box<StoredSession>),
}

/// A session as it is stored. All times but the estimate's are the server's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoredSession {
    /// Who.
    pub user: User,
    /// The tokens, or the word that cookies hold them.
    pub credentials: Credentials,
    /// When the access token was issued.
    pub access_issued_at: Timestamp,
    /// When the access token expires. One that does not say is used until the API refuses it.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires, if that is known. A refresh moves it where the backend rotates the token.
    pub refresh_expires_at: Option<Timestamp>,
    /// The last refresh has left that end where it was: another one cannot put it off.
    #[serde(default)]
    pub refresh_end_is_fixed: bool,
    /// When the session ends for good, if that is known. No refresh moves it.
    pub session_ends_at: Option<Timestamp>,
    /// When somebody signed in, if that is known.
    pub signed_in_at: Option<Timestamp>,
    /// Where the server's clock stands against ours.
    pub clock: ClockEstimate,
}

/// Identifies a session, whatever its tokens are at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SessionKey {
    session: Option<SessionId>,
    user_id: String,
    signed_in_at: Option<Timestamp>,
}

impl StoredSession {
    pub(super) fn key(&self) -> SessionKey {
        SessionKey {
            session: self.credentials.session().cloned(),
            user_id: self.user.id.clone(),
            signed_in_at: self.signed_in_at,
        }
    }

    /// What has the server end this session.
    pub(super) fn revocation(&self) -> Revocation {
        match &self.credentials {
            Credentials::Bearer { refresh: Some(refresh), .. } => Revocation::Token(refresh.clone()),
            Credentials::Bearer { access, refresh: None } => Revocation::Access(access.clone()),
            Credentials::Cookie => Revocation::Cookie,
            Credentials::SessionCookie { session } => Revocation::Session(session.clone()),
        }
    }

    /// Whether a refresh may bring another access token.
    pub(super) fn may_be_renewed(&self) -> bool {
        !matches!(self.credentials, Credentials::Bearer { refresh: None, .. })
    }

    /// Our clock has jumped, so nobody knows what the server's shows.
    pub(super) fn doubt_clock(&mut self) {
        self.clock = self.clock.doubted();
        if !self.may_be_renewed() {
            self.use_until_refused();
        }
    }

    /// No answer will tell when the access token ends on our clock: the API tells, by refusing it.
    pub(super) fn use_until_refused(&mut self) {
        self.access_expires_at = None;
        self.refresh_expires_at = None;
    }

    /// Until when the access token can be used and renewed. That is its own end, or the refresh token's where that comes
    /// earlier, is yet to come at `server_now`, and may be put off by a refresh.
    pub(super) fn is_good_until(&self, server_now: Timestamp) -> Option<Timestamp> {
        let comes_first = |end: &Timestamp| {
            let is_to_come = *end > self.access_issued_at && *end > server_now;
            is_to_come && self.access_expires_at.is_none_or(|access_end| *end < access_end)
        };
        let refresh_end = self.refresh_expires_at.filter(|_| !self.refresh_end_is_fixed).filter(comes_first);
        refresh_end.or(self.access_expires_at)
    }

    /// No refresh can bring a token that lives longer than the session.
    pub(super) fn access_lasts_to_the_end(&self) -> bool {
        self.session_ends_at.is_some_and(|end| self.access_expires_at >= Some(end))
    }
}

/// A session that the server is yet to end (RFC 7009).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Revocation {
    /// The session of this refresh token.
    Token(RefreshToken),
    /// The session of this access token, which has no refresh token.
    Access(AccessToken),
    /// The session whose tokens are in the cookies with fixed names, whichever that is.
    Cookie,
    /// The session of this name, whose cookies are named after it.
    Session(SessionId),
}

/// What was found where the record is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Stored {
    /// Nothing.
    Absent,
    /// A record of this release.
    Present(Box<SessionRecord>),
    /// Something that is no record.
    Corrupt,
    /// A record of a newer release: neither understood nor overwritten.
    Newer,
    /// The storage cannot be read.
    Unavailable,
}

/// A record as it is stored: with the version of its form.
///
/// The core reads and writes no text. Serialize a `StoredRecord<&SessionRecord>` in any format, and hand what is read
/// back to [`Stored::classify`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoredRecord<R = SessionRecord> {
    /// The version of the form: [`SCHEMA`] in this release.
    pub schema: u64,
    /// The record. One of a newer release may have any form.
    pub record: R,
}

impl<R> StoredRecord<R> {
    /// The record in the form of this release.
    pub const fn new(record: R) -> Self {
        Self { schema: SCHEMA, record }
    }
}

impl Stored {
    /// Classifies what is stored by its version, and reads the record only when this release knows that version.
    ///
    /// Both arguments are the same stored value, deserialized twice:
    ///
    /// ```
    /// # use yew_auth_session::{SessionRecord, Stored, StoredRecord};
    /// let read = |text: &str| Stored::classify(serde_json::from_str(text), || serde_json::from_str(text));
    ///
    /// let text = serde_json::to_string(&StoredRecord::new(&SessionRecord::default())).unwrap();
    /// assert_eq!(read(&text), Stored::Present(Box::default()));
    /// assert_eq!(read(r#"{"schema":1000,"record":{"anything":1}}"#), Stored::Newer);
    /// assert_eq!(read("{}"), Stored::Corrupt);
    /// ```
    #[must_use]
    pub fn classify<E>(
        version: Result<StoredRecord<IgnoredAny>, E>,
        record: impl FnOnce() -> Result<StoredRecord, E>,
    ) -> Self {
        match version {
            Ok(stored) if stored.schema > SCHEMA => Self::Newer,
            Ok(stored) if (1..=SCHEMA).contains(&stored.schema) => {
                record().map_or(Self::Corrupt, |stored| Self::Present(Box::new(stored.record)))
            }
            _ => Self::Corrupt,
        }
    }
}

impl SessionRecord {
    /// What to write where `stored` was found: `None` when that is newer than this, and must stay. Writers do not wait
    /// for each other, so each reads before it writes, in one go.
    #[must_use]
    pub fn replacing(mut self: Box<Self>, stored: &Stored) -> Option<Box<Self>> {
        match stored {
            Stored::Newer | Stored::Unavailable => None,
            Stored::Absent | Stored::Corrupt => Some(self),
            Stored::Present(other) if other.generation < self.generation => Some(self),
            Stored::Present(other) if other.generation == self.generation && other.status == self.status => {
                self.refresh_pause = self.refresh_pause.max(other.refresh_pause);
                self.active_at = self.active_at.max(other.active_at);
                // Two tabs made the same generation without having read each other's: nothing of either may be lost.
                self.absorb_lists(other);
                Some(self)
            }
            Stored::Present(_) => None,
        }
    }

    /// Adds what only `other` has to revoke, or has under way.
    pub(super) fn absorb_lists(&mut self, other: &Self) {
        add_missing(&mut self.revocations, &other.revocations);
        add_missing(&mut self.pending_sign_ins, &other.pending_sign_ins);
    }

    /// The session, if somebody is signed in.
    #[must_use]
    pub fn session(&self) -> Option<&StoredSession> {
        match &self.status {
            RecordStatus::SignedIn(session) => Some(session),
            RecordStatus::Empty | RecordStatus::SignedOut(_) => None,
        }
    }
}

fn add_missing<T: Clone + PartialEq>(ours: &mut Vec<T>, theirs: &[T]) {
    for item in theirs {
        if !ours.contains(item) {
            ours.push(item.clone());
        }
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
