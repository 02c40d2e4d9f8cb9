//! What a page may see of the machine.

use super::SessionMachine;
use super::network::Network;
#[cfg(feature = "inspector")]
use super::refresh::Phase;
#[cfg(feature = "inspector")]
use super::timers::Timer;
use crate::generation::Generation;
#[cfg(feature = "inspector")]
use crate::inspection::{InspectedSession, Inspection, RefreshProgress};
use crate::record::RecordStatus;
use crate::session_end::{EndCause, PlannedEnd};
use crate::session_id::SessionId;
use crate::state::{Connection, Degradation, Persistence, Session, SessionState, SignOutReason};
use crate::token::AccessToken;

impl SessionMachine {
    /// What a page is told.
    #[must_use]
    pub fn state(&self) -> &SessionState {
        &self.state
    }

    /// Whether the session can be renewed at the moment, and what stands in the way.
    #[must_use]
    pub fn connection(&self) -> Connection {
        match self.network {
            Network::Online | Network::Doubted => self.connection,
            Network::Offline { .. } => Connection::Degraded(Degradation::Offline),
        }
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

    /// The session that is shown, if its cookies are named after it.
    #[must_use]
    pub fn session_id(&self) -> Option<&SessionId> {
        self.record.session()?.credentials.session()
    }

    /// The access token of the session, whether it is still good or not, if the page holds it. Where there is no refresh
    /// token, the backend is asked with it whether the session still lives.
    #[must_use]
    pub fn access_token(&self) -> Option<&AccessToken> {
        self.record.session()?.credentials.access_token()
    }

    /// The change of the shared session that this tab knows of.
    #[must_use]
    pub fn generation(&self) -> Generation {
        self.record.generation
    }

    /// Everything about the session that is no secret.
    #[cfg(feature = "inspector")]
    #[must_use]
    pub fn inspect(&self) -> Inspection {
        let session = match self.state() {
            SessionState::Loading => None,
            SessionState::Authenticated(_) => self.record.session().map(|session| Ok(InspectedSession::of(session))),
            SessionState::Unauthenticated(reason) => Some(Err(*reason)),
        };
        Inspection {
            generation: self.generation(),
            session,
            connection: self.connection(),
            refresh: self.refresh_progress(),
            planned_end: self.planned_end(),
        }
    }

    #[cfg(feature = "inspector")]
    fn refresh_progress(&self) -> RefreshProgress {
        match &self.phase {
            Phase::Locking(_) | Phase::Contended(_) => RefreshProgress::AwaitingLock,
            Phase::Refreshing { .. } => RefreshProgress::OnItsWay,
            Phase::Idle => match (self.timers.deadline(Timer::Refresh), self.last_now) {
                (Some(due), Some(now)) => RefreshProgress::DueAt(now.wall_at(due)),
                _ => RefreshProgress::Resting,
            },
        }
    }

    pub(super) fn update_state(&mut self) {
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

    pub(super) fn seen_from_here(&self, reason: SignOutReason) -> SignOutReason {
        match reason {
            SignOutReason::SignedOut if self.ended_elsewhere => SignOutReason::SignedOutInAnotherTab,
            reason => reason,
        }
    }
}
