//! The session state machine. It reads no clock and does no I/O: events go in with the time, effects come out.

mod authorize;
mod clock;
mod discovery;
mod idle;
mod merge;
mod network;
mod pending;
mod refresh;
mod revocation;
mod sign_in;
mod timers;
mod view;

use std::collections::VecDeque;
use std::time::Duration;

use super::credentials::CredentialKind;
use super::event::{Effect, Event, Ticket};
use super::jitter::Jitter;
use super::pending_sign_in::SignInId;
use super::policy::RefreshPolicy;
use super::record::{SessionKey, SessionRecord};
use super::rule::Rule;
use super::state::{Connection, Persistence, SessionState};
use super::time::{Now, Timestamp};
use super::token_id::TokenId;
use clock::ClockWatch;
use discovery::Discovery;
use network::Network;
use refresh::Phase;
use revocation::RevocationPhase;
use timers::TimerTable;

/// How soon to read the stored record, where that has to be done first.
const READ_AFTER: Duration = Duration::from_secs(1);

/// One tab's view of the session, and what it does about it.
///
/// Whoever drives it hands in each event with one reading of the clocks, carries out the effects in their order, and
/// calls [`handle_timeout`](Self::handle_timeout) when [`poll_timeout`](Self::poll_timeout) says so. Calls that are
/// late, early or doubled do no harm, so a browser's throttled timers are good enough.
///
/// ```
/// use std::time::Duration;
/// use yew_auth_session::{
///     CredentialKind, Event, Now, RefreshPolicy, SessionMachine, SessionState, SignOutReason, Stored, Timestamp,
/// };
///
/// let mut machine = SessionMachine::new(RefreshPolicy::default(), CredentialKind::Bearer, 7);
/// assert_eq!(*machine.state(), SessionState::Loading);
///
/// let now = Now { wall: Timestamp::from_secs(1_800_000_000), monotonic: Duration::ZERO };
/// machine.handle_event(Event::Started { stored: Stored::Absent, online: true }, now);
/// while let Some(effect) = machine.poll_effect() {
///     // Carry it out.
/// }
/// assert_eq!(*machine.state(), SessionState::Unauthenticated(SignOutReason::NeverSignedIn));
/// assert_eq!(machine.poll_timeout(), None, "nothing is due while nobody is signed in");
/// ```
#[derive(Debug)]
#[cfg_attr(feature = "mutants", derive(Clone, PartialEq, Hash))]
pub struct SessionMachine {
    policy: RefreshPolicy,
    kind: CredentialKind,
    jitter: Jitter,
    /// The newest record this tab knows of.
    record: SessionRecord,
    started: bool,
    network: Network,
    /// The probe under way.
    probe: Option<Ticket>,
    persistence: Persistence,
    /// The stored record has been read for the event that is being handled.
    has_read: bool,
    connection: Connection,
    phase: Phase,
    revocation: RevocationPhase,
    discovery: Discovery,
    /// Until when each sign-in under way is left alone, on the monotonic clock.
    sign_in_leases: Vec<(SignInId, Duration)>,
    /// The access token that must not be used again: the clock that judged it has jumped, or its cookie is gone.
    unusable_token: Option<TokenId>,
    /// The access token that the API has refused to a request. It is renewed; until then other requests may carry it, since
    /// the refusal may be about what was asked for.
    refused_token: Option<TokenId>,
    /// The access token of a new session, until a request has shown that the browser has kept its cookie.
    unproven_token: Option<TokenId>,
    /// Until when a refusal says nothing, on the monotonic clock: the backend has just said that the session lives.
    confirmed_until: Duration,
    /// The access token that somebody wants to be renewed before it is due.
    refresh_requested: Option<TokenId>,
    /// When somebody last did something at this page.
    last_active: Option<Now>,
    /// The present sign-out happened in another tab.
    ended_elsewhere: bool,
    /// The session that this tab has ended last.
    ended: Option<SessionKey>,
    clock: ClockWatch,
    /// No refresh before this, on the monotonic clock: the spacing of refreshes, or a `Retry-After`.
    paused_until: Duration,
    /// This page has started within the pause that a refresh of another page has left, and has not sent one yet.
    may_try_early: bool,
    /// No refresh before this unless something wakes the page: retries are spread at random.
    jitter_until: Duration,
    timers: TimerTable,
    state: SessionState,
    effects: VecDeque<Effect>,
    last_now: Option<Now>,
    next_ticket: u64,
    #[cfg(feature = "mutants")]
    off: Option<Rule>,
}

impl SessionMachine {
    /// A machine that waits for [`Event::Started`]. `kind` says how the backend's sessions are proven. Give each tab its
    /// own random `seed`: it spreads the retries of many tabs.
    #[must_use]
    pub fn new(policy: RefreshPolicy, kind: CredentialKind, seed: u64) -> Self {
        Self {
            policy,
            kind,
            jitter: Jitter::new(seed),
            record: SessionRecord::default(),
            started: false,
            network: Network::Online,
            probe: None,
            persistence: Persistence::Shared,
            has_read: false,
            connection: Connection::Good,
            phase: Phase::Idle,
            revocation: RevocationPhase::Idle,
            discovery: Discovery::default(),
            sign_in_leases: Vec::new(),
            unusable_token: None,
            refused_token: None,
            unproven_token: None,
            confirmed_until: Duration::ZERO,
            refresh_requested: None,
            last_active: None,
            ended_elsewhere: false,
            ended: None,
            clock: ClockWatch::default(),
            paused_until: Duration::ZERO,
            may_try_early: false,
            jitter_until: Duration::ZERO,
            timers: TimerTable::default(),
            state: SessionState::Loading,
            effects: VecDeque::new(),
            last_now: None,
            next_ticket: 0,
            #[cfg(feature = "mutants")]
            off: None,
        }
    }

    /// Handles an event that happened at `now`.
    pub fn handle_event(&mut self, event: Event, now: Now) {
        self.has_read = false;
        self.watch_clock(now);
        match event {
            Event::Started { stored, online } => {
                self.started = true;
                self.set_online(online, now);
                self.merge(stored, now);
                self.discover_at_start();
            }
            Event::Woke { stored } => {
                self.merge(stored, now);
                self.conditions_have_improved(now);
            }
            Event::RecordChanged { stored } => self.merge(stored, now),
            Event::OnlineChanged(online) => self.set_online(online, now),
            Event::ProbeFinished { ticket, reached } => self.probe_finished(ticket, reached, now),
            Event::SignInStarted { attempt, stored } => self.sign_in_started(attempt, stored, now),
            Event::SignedIn { attempt, user, tokens, sent, stored } => {
                self.signed_in(&attempt, *user, *tokens, sent, stored, now);
            }
            Event::SignInRefused { attempt, stored } => self.sign_in_refused(&attempt, stored, now),
            Event::SignInLost { attempt: _, stored } => self.sign_in_lost(stored, now),
            Event::SignOutRequested { stored } => self.sign_out(stored, now),
            Event::UserChanged { user, stored } => self.change_user(*user, stored, now),
            Event::Active => self.note_activity(now),
            Event::RefreshRequested => self.refresh_requested = self.token_id(),
            Event::AccessTokenAccepted(token) => self.accept(&token),
            Event::AccessTokenRejected(token) => self.reject(token, now),
            Event::AnotherSession { session, stored } => self.another_session(session, stored, now),
            Event::LockGranted { stored } => self.lock_granted(stored, now),
            Event::LockBusy { holder } => self.lock_busy(holder, now),
            Event::RefreshFinished { ticket, outcome, stored } => self.refresh_finished(ticket, outcome, stored, now),
            Event::RevokeFinished { revocation, done, stored } => self.revoke_finished(revocation, done, stored, now),
            Event::SessionsListed { ticket, outcome, sent, stored } => {
                self.sessions_listed(ticket, outcome, sent, stored, now);
            }
            Event::StoreFailed => self.persistence = Persistence::MemoryOnly,
        }
        self.advance(now);
    }

    /// Does what has become due by `now`; nothing if nothing is due. An [`Event::RecordChanged`] does the same, and
    /// also reads what the other tabs have done: prefer it when the timer fires. Only then can idleness end a session,
    /// since somebody may have been active in another tab.
    pub fn handle_timeout(&mut self, now: Now) {
        self.has_read = false;
        self.watch_clock(now);
        self.advance(now);
    }

    /// The next effect to carry out. Drain it after each call to a `handle_` function.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout) next, on the wall clock as last told; `None` while nothing
    /// is planned.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        let deadline = self.timers.next_timeout()?;
        Some(self.last_now?.wall_at(deadline))
    }

    /// Looks at everything and does what is due. Each event ends here.
    fn advance(&mut self, now: Now) {
        self.last_now = Some(now);
        if !self.started {
            return;
        }
        self.advance_network(now);
        self.end_session_when_due(now);
        self.end_session_when_idle(now);
        self.advance_refresh(now);
        self.advance_discovery(now);
        self.advance_revocation(now);
        self.set_timers(now);
        self.update_state();
    }

    /// What waits for better conditions may be tried now. Only the server's own pauses and the spacing of tries remain.
    fn conditions_have_improved(&mut self, now: Now) {
        // Its failure sets the jitter that is cleared here.
        self.give_up_overdue_refresh(now);
        self.jitter_until = Duration::ZERO;
        self.hasten_revocation();
        self.hasten_discovery(now);
        self.hasten_probe();
    }

    fn next_ticket(&mut self) -> Ticket {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        ticket
    }

    #[cfg(not(feature = "mutants"))]
    #[expect(clippy::unused_self, reason = "the test build asks the machine")]
    const fn keeps(&self, _: Rule) -> bool {
        true
    }

    #[cfg(feature = "mutants")]
    fn keeps(&self, rule: Rule) -> bool {
        self.off != Some(rule)
    }

    /// Switches one rule off, so that a test can show that it would notice.
    #[cfg(feature = "mutants")]
    #[doc(hidden)]
    pub fn switch_off(&mut self, rule: Rule) {
        self.off = Some(rule);
    }
}
