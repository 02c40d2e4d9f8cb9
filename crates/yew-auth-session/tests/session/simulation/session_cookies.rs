//! The server's side of cookies that are named after their session: each request names one, and touches no other.

use yew_auth_session::{FoundSession, SessionId};

use super::clock::server_time;
use super::cookies::{Jar, Pair, SetCookie};
use super::mutant::Mutant;
use super::request::{Answer, Purpose, RequestId};
use super::server::{Family, Refusal, Server};
use super::world::World;

/// With more live sessions in one browser, the oldest are revoked at a sign-in.
const MOST_SESSIONS: usize = 5;

/// The session id of a family.
pub fn session_id(family: Family) -> SessionId {
    SessionId::new(format!("{family:032x}")).expect("32 digits")
}

pub fn family_of_id(session: &SessionId) -> Family {
    Family::from_str_radix(session.as_str(), 16).expect("the simulation has made it")
}

impl World {
    pub fn serve_by_name(&mut self, request: RequestId) -> Answer {
        let cookies = self.requests[request].cookies.clone();
        match self.requests[request].purpose.clone() {
            Purpose::Poll { family, .. } => match self.named_pair(&cookies, family) {
                Ok(pair) => match self.server.read(pair.access.as_ref(), self.now) {
                    Ok((served, user)) => {
                        self.check_served(request, family, served);
                        Answer::Posts(served, user)
                    }
                    Err(refusal) => Answer::Refused(refusal),
                },
                Err(answer) => answer,
            },
            Purpose::Refresh { family, .. } => {
                let family = family.expect("a refresh names its session");
                match self.named_pair(&cookies, family) {
                    Ok(pair) => self.refresh_by_name(request, family, &pair),
                    Err(answer) => answer,
                }
            }
            Purpose::Revoke { family, .. } => {
                let family = family.expect("a revocation names its session");
                match self.named_pair(&cookies, family) {
                    Ok(pair) => {
                        self.check_revocation(pair.refresh.as_ref(), Some(family));
                        self.server.sign_out(pair.refresh.as_ref());
                        self.requests[request].sets.push(SetCookie::ClearNamed(family));
                        Answer::SignedOut
                    }
                    Err(answer) => answer,
                }
            }
            Purpose::SignIn { user, .. } => match self.server.sign_in(user, self.now) {
                Ok(issued) => {
                    self.requests[request].sets.push(SetCookie::Named(Box::new(issued.clone())));
                    self.revoke_excess(&cookies);
                    Answer::Issued(Box::new(issued))
                }
                Err(refusal) => Answer::Refused(refusal),
            },
            Purpose::AskSessions { .. } => self.list_sessions(request, cookies),
        }
    }

    /// The cookies of the session that the request names.
    fn named_pair(&self, cookies: &Jar, family: Family) -> Result<Pair, Answer> {
        let pair = match self.mutant {
            Some(Mutant::IgnoresNames) => cookies.named.values().next_back(),
            _ => cookies.named.get(&family),
        };
        if let Some(pair) = pair {
            return Ok(pair.clone());
        }
        let holds_another = cookies.named.keys().any(|other| self.server.is_refreshable(*other, self.now));
        Err(if holds_another { Answer::AnotherSession } else { Answer::Refused(Refusal::Unknown) })
    }

    fn refresh_by_name(&mut self, request: RequestId, family: Family, pair: &Pair) -> Answer {
        let issued = self.server.refresh(pair.refresh.as_ref(), self.now);
        self.check_reuse(issued.as_ref().err().copied());
        match issued {
            Ok(issued) => {
                self.check_served(request, family, issued.family);
                self.checks.unheard_refresh = Some(self.now);
                self.requests[request].sets.push(SetCookie::Named(Box::new(issued.clone())));
                Answer::Issued(Box::new(issued))
            }
            Err(refusal) => {
                self.requests[request].sets.push(SetCookie::ClearNamed(family));
                Answer::Refused(refusal)
            }
        }
    }

    fn revoke_excess(&mut self, cookies: &Jar) {
        let live: Vec<_> =
            cookies.named.keys().copied().filter(|family| self.server.is_refreshable(*family, self.now)).collect();
        for family in live.iter().take((live.len() + 1).saturating_sub(MOST_SESSIONS)) {
            self.server.end(*family);
        }
    }

    /// Old cookies are taken over once; those of dead sessions are expired.
    fn list_sessions(&mut self, request: RequestId, mut cookies: Jar) -> Answer {
        let mut sets = Vec::new();
        if let Some(family) = cookies.fixed.refresh.as_ref().and_then(Server::refresh_family) {
            sets.push(SetCookie::ClearFixed);
            if self.server.is_refreshable(family, self.now) && !cookies.named.contains_key(&family) {
                sets.push(SetCookie::Rename(family, cookies.fixed.clone()));
                cookies.named.insert(family, cookies.fixed.clone());
            }
        }
        let mut found = Vec::new();
        for (family, pair) in cookies.named.iter().rev() {
            if self.server.is_refreshable(*family, self.now) {
                found.push(self.describe(*family, pair));
            } else if self.server.is_gone(*family, self.now) {
                sets.push(SetCookie::ClearNamed(*family));
            }
        }
        self.requests[request].sets.extend(sets);
        let server_time = self
            .random
            .chance(70)
            .then(|| yew_auth_session::Timestamp::from_secs(server_time(self.now).as_millis().div_euclid(1_000)));
        Answer::Sessions { found, server_time }
    }

    fn describe(&self, family: Family, pair: &Pair) -> FoundSession {
        self.server.describe(family, pair.access.as_ref(), self.now)
    }
}
