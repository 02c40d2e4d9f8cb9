//! The session state machine. It reads no clock and does no I/O: events go in with the time, effects come out.
//!
//! Whoever drives it hands in each event with one reading of the clocks, carries out the effects in their order, and
//! calls [`SessionMachine::handle_timeout`] when [`SessionMachine::poll_timeout`] says so. Calls that are late, early
//! or doubled do no harm, so a browser's throttled timers are good enough.

mod clock;
mod idle;
mod refresh;
mod revocation;
mod shared;
mod sign_in;

use std::collections::VecDeque;
use std::time::Duration;

use super::authorization::Authorization;
use super::event::{Effect, Event};
use super::jitter::Jitter;
use super::policy::{Freshness, RefreshPolicy};
use super::record::{Generation, RecordStatus, SessionRecord, StoredSession};
use super::rule::Rule;
use super::session_end::{EndCause, PlannedEnd};
use super::state::{Connection, Degradation, Persistence, Session, SessionState, SignOutReason};
use super::time::{Now, Timestamp};
use clock::ClockWatch;
use refresh::Phase;
use revocation::RevocationPhase;

/// One tab's view of the session, and what it does about it.
#[derive(Debug)]
pub struct SessionMachine {
    policy: RefreshPolicy,
    jitter: Jitter,
    /// The newest record this tab knows of.
    record: SessionRecord,
    started: bool,
    online: bool,
    persistence: Persistence,
    /// What is stored has been read for the event that is being handled.
    has_read: bool,
    connection: Connection,
    phase: Phase,
    revocation: RevocationPhase,
    /// The generation whose token must not be used again: the API refused it, or the clock that judged it has jumped.
    condemned: Option<Generation>,
    /// The generation that somebody wants to be renewed before it is due.
    wanted: Option<Generation>,
    /// When somebody last did something at this page.
    last_active: Option<Now>,
    /// The present sign-out was another tab's.
    ended_elsewhere: bool,
    clock: ClockWatch,
    /// No refresh before this, on the monotonic clock: spacing and `Retry-After`.
    hold: Duration,
    /// Another tab has sent a refresh, which may be answered until this, on the monotonic clock.
    answer_elsewhere: Duration,
    /// No refresh before this unless something wakes the page: the spread of retries.
    spread: Duration,
    state: SessionState,
    effects: VecDeque<Effect>,
    last_now: Option<Now>,
    next_ticket: u64,
    #[cfg(feature = "mutants")]
    off: Option<Rule>,
}

impl SessionMachine {
    /// A machine that waits for [`Event::Started`]. The seed spreads the retries of many tabs: give each its own.
    #[must_use]
    pub fn new(policy: RefreshPolicy, seed: u64) -> Self {
        Self {
            policy,
            jitter: Jitter::new(seed),
            record: SessionRecord::default(),
            started: false,
            online: true,
            persistence: Persistence::Shared,
            has_read: false,
            connection: Connection::Good,
            phase: Phase::Idle,
            revocation: RevocationPhase::Idle,
            condemned: None,
            wanted: None,
            last_active: None,
            ended_elsewhere: false,
            clock: ClockWatch::default(),
            hold: Duration::ZERO,
            answer_elsewhere: Duration::ZERO,
            spread: Duration::ZERO,
            state: SessionState::Loading,
            effects: VecDeque::new(),
            last_now: None,
            next_ticket: 0,
            #[cfg(feature = "mutants")]
            off: None,
        }
    }

    /// Takes in what happened at `now`.
    pub fn handle_event(&mut self, event: Event, now: Now) {
        self.has_read = false;
        self.watch_clock(now);
        match event {
            Event::Started { stored, online } => {
                self.started = true;
                self.set_online(online);
                self.merge(stored, now);
            }
            Event::Woke { stored } => {
                self.spread = Duration::ZERO;
                self.revocation.wake();
                self.merge(stored, now);
            }
            Event::RecordChanged { stored } => self.merge(stored, now),
            Event::OnlineChanged(online) => self.set_online(online),
            Event::SignedIn { user, grant, sent, stored } => self.sign_in(*user, *grant, sent, stored, now),
            Event::SignInLost { stored } => self.sign_in_lost(stored, now),
            Event::SignOutRequested { stored } => self.sign_out(stored, now),
            Event::UserChanged { user, stored } => self.change_user(*user, stored, now),
            Event::Active => self.note_activity(now),
            Event::RefreshRequested => self.wanted = Some(self.record.generation),
            Event::AccessTokenRejected(generation) => self.reject(generation),
            Event::LockGranted { stored } => self.lock_granted(stored, now),
            Event::LockBusy { holder } => self.lock_busy(holder, now),
            Event::RefreshFinished { ticket, outcome, stored } => self.refresh_finished(ticket, outcome, stored, now),
            Event::RevokeFinished { revocation, done, stored } => self.revoke_finished(revocation, done, stored, now),
            Event::StoreFailed => self.persistence = Persistence::MemoryOnly,
        }
        self.advance(now);
    }

    /// Does what has become due by `now`; nothing, when nothing has. An [`Event::RecordChanged`] does it as well, and
    /// has the advantage that it is up to date with the other tabs.
    pub fn handle_timeout(&mut self, now: Now) {
        self.has_read = false;
        self.watch_clock(now);
        self.advance(now);
    }

    /// The next effect to carry out. Drain it after each call to a `handle_` function.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout) next, on the wall clock as last told.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        let now = self.last_now?;
        let wakes = [
            self.refresh_wake(now),
            self.session_end_wake(now),
            self.idle_wake(now),
            self.revocation_wake(),
            self.another_tabs_answer_wake(now),
        ];
        let wake = wakes.into_iter().flatten().min()?;
        Some(now.wall + wake.saturating_sub(now.monotonic))
    }

    /// What a page is told.
    #[must_use]
    pub fn state(&self) -> &SessionState {
        &self.state
    }

    /// Whether the session can be renewed at the moment, and what stands in the way.
    #[must_use]
    pub fn connection(&self) -> Connection {
        if self.online { self.connection } else { Connection::Degraded(Degradation::Offline) }
    }

    /// Where the session is kept.
    #[must_use]
    pub fn persistence(&self) -> Persistence {
        self.persistence
    }

    /// The next end that no refresh can put off.
    #[must_use]
    pub fn planned_end(&self) -> Option<PlannedEnd> {
        let idle = self.idle_end().map(|at| PlannedEnd { at, cause: EndCause::Idle });
        let absolute = self.absolute_end().map(|at| PlannedEnd { at, cause: EndCause::Absolute });
        [idle, absolute].into_iter().flatten().min_by_key(|end| end.at)
    }

    /// The change of the shared session that this tab stands at.
    #[must_use]
    pub fn generation(&self) -> Generation {
        self.record.generation
    }

    /// The session with its tokens, for a look inside.
    #[cfg(feature = "inspector")]
    pub(super) fn stored(&self) -> Option<&StoredSession> {
        self.record.session()
    }

    /// What a request sent at `now` may carry. Call [`handle_timeout`](Self::handle_timeout) with the same time
    /// first: it starts a refresh that has become due.
    #[must_use]
    pub fn authorization(&self, now: Now) -> Authorization {
        let session = match &self.record.status {
            _ if !self.started => return Authorization::Pending,
            RecordStatus::SignedIn(session) => session,
            RecordStatus::Empty => return Authorization::Unauthenticated(SignOutReason::NeverSignedIn),
            RecordStatus::SignedOut(reason) => return Authorization::Unauthenticated(self.seen_from_here(*reason)),
        };
        let ready = || Authorization::Ready {
            access: session.credentials.access_token().cloned(),
            generation: self.record.generation,
        };
        match self.freshness(session, now) {
            Freshness::Fresh => ready(),
            _ if !self.phase.is_idle() => Authorization::Pending,
            Freshness::Due => ready(),
            Freshness::Expired if self.awaits_another_tab(now) => Authorization::Pending,
            Freshness::Expired => Authorization::Unavailable(self.obstacle()),
        }
    }

    /// Looks at everything and does what is due. Each event ends here.
    fn advance(&mut self, now: Now) {
        self.last_now = Some(now);
        if !self.started {
            return;
        }
        self.end_session_when_due(now);
        self.end_session_when_idle(now);
        self.advance_refresh(now);
        self.advance_revocation(now);
        self.update_state();
    }

    fn freshness(&self, session: &StoredSession, now: Now) -> Freshness {
        if self.condemned == Some(self.record.generation) {
            return Freshness::Expired;
        }
        let server_now = self.server_latest(session, now);
        match self.policy.freshness(session.access_issued_at, session.access_expires_at, server_now) {
            Freshness::Due if session.access_lasts_to_the_end() => Freshness::Fresh,
            freshness => freshness,
        }
    }

    fn set_online(&mut self, online: bool) {
        if online && !self.online {
            self.spread = Duration::ZERO;
            self.revocation.wake();
        }
        self.online = online;
    }

    fn reject(&mut self, generation: Generation) {
        if generation == self.record.generation {
            self.condemned = Some(generation);
        }
    }

    /// Why there is no usable token just now.
    fn obstacle(&self) -> Degradation {
        match self.connection() {
            Connection::Degraded(cause) => cause,
            Connection::Good => Degradation::Unreachable,
        }
    }

    fn update_state(&mut self) {
        let state = match &self.record.status {
            RecordStatus::Empty => SessionState::Unauthenticated(SignOutReason::NeverSignedIn),
            RecordStatus::SignedOut(reason) => SessionState::Unauthenticated(self.seen_from_here(*reason)),
            RecordStatus::SignedIn(session) => SessionState::Authenticated(Session {
                user: session.user.clone(),
                ends_at: session.session_ends_at.or(session.refresh_expires_at).map(|at| session.clock.to_local(at)),
            }),
        };
        if !state.shows_the_same_as(&self.state) {
            self.state = state;
        }
    }

    fn seen_from_here(&self, reason: SignOutReason) -> SignOutReason {
        match reason {
            SignOutReason::SignedOut if self.ended_elsewhere => SignOutReason::SignedOutInAnotherTab,
            reason => reason,
        }
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
