//! The server of the model: sessions with rotating refresh tokens, and a grace for the one before the newest.

use std::time::Duration;

use yew_auth_session::FoundSession;

use crate::browser::{Cookies, LIFETIME, Person, Sid, session_id, user, wall};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Server {
    pub sessions: Vec<Session>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    pub person: Person,
    pub alive: bool,
    /// The number of the newest refresh token.
    pub current: u8,
    signed_in: Duration,
}

/// A refresh token was presented whose successor was used: a thief, or a client that does it wrong.
#[derive(Debug)]
pub struct Reused;

impl Server {
    pub fn sign_in(&mut self, person: Person, now: Duration) -> (Sid, Cookies) {
        self.sessions.push(Session { person, alive: true, current: 0, signed_in: now });
        let sid = Sid::try_from(self.sessions.len() - 1).expect("few");
        (sid, Cookies { refresh: 0, issued: now })
    }

    /// `None`: the session is over.
    pub fn refresh(&mut self, sid: Sid, presented: u8, now: Duration) -> Result<Option<Cookies>, Reused> {
        let session = &mut self.sessions[usize::from(sid)];
        if !session.alive {
            return Ok(None);
        }
        if presented == session.current {
            session.current += 1;
        } else if presented + 1 != session.current {
            session.alive = false;
            return Err(Reused);
        }
        Ok(Some(Cookies { refresh: session.current, issued: now }))
    }

    pub fn all(&self) -> impl Iterator<Item = Sid> + use<> {
        0..Sid::try_from(self.sessions.len()).expect("few")
    }

    pub fn is_alive(&self, sid: Sid) -> bool {
        self.sessions[usize::from(sid)].alive
    }

    pub fn person(&self, sid: Sid) -> Person {
        self.sessions[usize::from(sid)].person
    }

    pub fn end(&mut self, sid: Sid) {
        self.sessions[usize::from(sid)].alive = false;
    }

    pub fn describe(&self, sid: Sid, cookies: Cookies, now: Duration) -> FoundSession {
        let is_fresh = now < cookies.issued + LIFETIME;
        FoundSession {
            session: session_id(sid),
            user: user(self.person(sid)),
            signed_in_at: Some(wall(self.sessions[usize::from(sid)].signed_in)),
            access_issued_at: is_fresh.then(|| wall(cookies.issued)),
            access_expires_at: is_fresh.then(|| wall(cookies.issued + LIFETIME)),
            refresh_expires_at: None,
            session_ends_at: None,
        }
    }
}
