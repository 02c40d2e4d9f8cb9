//! What a request may carry at the moment it is sent.

use super::SessionMachine;
use super::network::Network;
use super::timers::Timer;
use crate::authorization::Authorization;
use crate::policy::Freshness;
use crate::record::{RecordStatus, StoredSession};
use crate::state::{Connection, Degradation, SignOutReason};
use crate::time::{Now, Timestamp};
use crate::token_id::TokenId;

impl SessionMachine {
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
            session: session.credentials.session().cloned(),
            token: session.token_id(),
        };
        if self.awaits_discovery() {
            return match self.discovery_is_under_way(now) {
                true => Authorization::Pending,
                false => Authorization::Unavailable(self.obstacle()),
            };
        }
        match self.freshness(session, now) {
            // Once a refresh has failed, nobody waits for the next one with a token that may be good.
            Freshness::Fresh if !self.is_refused(session) || self.connection != Connection::Good => ready(),
            _ if !self.phase.is_idle() => Authorization::Pending,
            Freshness::Fresh => ready(),
            Freshness::Due => ready(),
            Freshness::Expired if self.awaits_peer_response(now) || self.network == Network::Doubted => {
                Authorization::Pending
            }
            Freshness::Expired => Authorization::Unavailable(self.obstacle()),
        }
    }

    /// What a request may carry whose first try was refused with this token. The token is not good enough for it any more,
    /// so it waits for another one, if that is to be had soon. The same token comes back where the backend has said
    /// meanwhile that the session lives on with it: then the refusal is about the request.
    #[must_use]
    pub fn authorization_instead_of(&self, refused: &TokenId, now: Now) -> Authorization {
        match self.authorization(now) {
            Authorization::Ready { token, .. } if token == *refused && self.refused_token.as_ref() == Some(refused) => {
                let soon = now.monotonic + self.policy.refresh_spacing;
                let is_near = self.next_refresh(now).is_some_and(|at| at <= soon) || self.awaits_peer_response(now);
                if is_near { Authorization::Pending } else { Authorization::Unavailable(self.obstacle()) }
            }
            authorization => authorization,
        }
    }

    pub(super) fn freshness(&self, session: &StoredSession, now: Now) -> Freshness {
        if self.is_unusable(session) {
            return Freshness::Expired;
        }
        let server_now = self.server_latest(session, now);
        match self.policy.freshness(session.access_issued_at, session.access_expires_at, server_now) {
            Freshness::Expired => Freshness::Expired,
            _ if self.refresh_at(session, now).is_none_or(|at| server_now < at) => Freshness::Fresh,
            _ => Freshness::Due,
        }
    }

    /// When the token is to be refreshed, on the server's clock; `None` for one that is used until it is refused. Where no
    /// refresh can bring a better one, the server is asked at its end.
    pub(super) fn refresh_at(&self, session: &StoredSession, now: Now) -> Option<Timestamp> {
        if session.access_lasts_to_the_end() || !session.may_be_renewed() {
            return session.access_expires_at;
        }
        let end = session.is_good_until(self.server_earliest(session, now))?;
        Some(self.policy.refresh_at(session.access_issued_at, end))
    }

    /// Whether nobody knows yet that the browser has kept the cookies of the present session. Then an
    /// [`Event::AccessTokenAccepted`](crate::Event::AccessTokenAccepted) is news.
    #[must_use]
    pub fn awaits_proof(&self) -> bool {
        self.unproven_token.is_some() && self.unproven_token == self.token_id()
    }

    /// The API has refused the first request of this session, and has accepted none.
    pub(super) fn has_never_worked(&self, session: &StoredSession) -> bool {
        self.awaits_proof() && self.is_refused(session)
    }

    pub(super) fn accept(&mut self, token: &TokenId) {
        self.unproven_token.take_if(|unproven| unproven == token);
    }

    /// The API has answered 401 to a request with this token. Where that has just been found to say nothing about the session,
    /// only the endpoint that answers so suffers. If it is the first token of a session, the browser may not have kept its
    /// cookies, and the server can tell.
    pub(super) fn reject(&mut self, token: TokenId, now: Now) {
        let is_doubted = now.monotonic >= self.confirmed_until;
        if is_doubted && self.token_id().as_ref() == Some(&token) {
            if let (true, Some(session)) = (self.awaits_proof(), self.session_id()) {
                self.note_conflict(session.clone());
            }
            self.refused_token = Some(token);
        }
    }

    pub(super) fn is_refused(&self, session: &StoredSession) -> bool {
        self.refused_token.as_ref().is_some_and(|token| *token == session.token_id())
    }

    pub(super) fn is_unusable(&self, session: &StoredSession) -> bool {
        self.unusable_token.as_ref().is_some_and(|token| *token == session.token_id())
    }

    /// Identifies the present access token.
    pub(super) fn token_id(&self) -> Option<TokenId> {
        self.record.session().map(StoredSession::token_id)
    }

    /// Another tab has sent a refresh whose answer may still come: it brings a token for this tab too.
    fn awaits_peer_response(&self, now: Now) -> bool {
        let until = self.timers.deadline(Timer::PeerResponse);
        self.network.is_online() && self.phase.is_idle() && until.is_some_and(|until| now.monotonic < until)
    }

    /// Why there is no usable token just now.
    fn obstacle(&self) -> Degradation {
        match self.connection() {
            Connection::Degraded(cause) => cause,
            Connection::Good => Degradation::Unreachable,
        }
    }
}
