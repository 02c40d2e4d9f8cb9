//! Requests and answers under way.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use yew_auth_session::{
    Credentials, Degradation, Event, FoundSession, IssuedTokens, RefreshOutcome, Revocation, SessionsOutcome, SignInId,
    Ticket, TokenId,
};

use crate::browser::{Browser, Cookies, LIFETIME, Page, Person, Sid, session_id, sid, user, wall};

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Request {
    pub page: Page,
    pub what: What,
    /// The cookies that the browser has sent with it.
    pub cookies: Arc<BTreeMap<Sid, Cookies>>,
    pub sent: Duration,
    /// Its page still waits for it.
    pub open: bool,
    /// A sign-in, and somebody has signed out since it was sent.
    pub cancelled: bool,
    /// `None` on the way out.
    pub reply: Option<Reply>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub enum What {
    SignIn(SignInId, Person),
    Refresh(Ticket, Sid),
    Revoke(Sid),
    Ask(Ticket),
    Poll(TokenId, Sid),
}

/// What comes back, and what it does to the cookies.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Reply {
    Issued(Sid, Cookies),
    Sessions(Vec<FoundSession>, Vec<Sid>),
    Posts(Sid),
    Done(Sid),
    Unauthorized,
    AnotherSession,
    /// The answer was lost.
    Failed,
}

impl Browser {
    /// The request reaches the server.
    pub fn deliver(&mut self, request: usize) {
        let reply = self.serve(request);
        Arc::make_mut(&mut self.requests[request]).reply = Some(reply);
    }

    pub fn serve(&mut self, request: usize) -> Reply {
        let Request { what, cookies, cancelled, .. } = (*self.requests[request]).clone();
        let named = match &what {
            What::SignIn(_, person) => {
                let (sid, cookies) = self.server.sign_in(*person, self.now);
                if cancelled {
                    self.over.insert(sid);
                }
                return Reply::Issued(sid, cookies);
            }
            What::Ask(_) => {
                let (live, dead): (Vec<_>, Vec<_>) =
                    cookies.iter().rev().partition(|(sid, _)| self.server.is_alive(**sid));
                let found = live.into_iter().map(|(sid, held)| self.server.describe(*sid, *held, self.now)).collect();
                return Reply::Sessions(found, dead.into_iter().map(|(sid, _)| *sid).collect());
            }
            What::Refresh(_, sid) | What::Revoke(sid) | What::Poll(_, sid) => *sid,
        };
        let Some(held) = cookies.get(&named) else {
            let holds_another = cookies.keys().any(|sid| self.server.is_alive(*sid));
            return if holds_another { Reply::AnotherSession } else { Reply::Unauthorized };
        };
        match what {
            What::Refresh(..) => match self.server.refresh(named, held.refresh, self.now) {
                Ok(Some(cookies)) => Reply::Issued(named, cookies),
                Ok(None) => Reply::Unauthorized,
                Err(_) => {
                    self.break_invariant("a superseded refresh token reaches the server");
                    Reply::Unauthorized
                }
            },
            What::Revoke(_) => {
                if self.recorded() == Some(named) {
                    self.break_invariant(format!("session {named} is revoked, and the record shows it"));
                }
                self.server.end(named);
                Reply::Done(named)
            }
            What::Poll(..) if self.server.is_alive(named) && self.now < held.issued + LIFETIME => Reply::Posts(named),
            _ => Reply::Unauthorized,
        }
    }

    /// The answer reaches the browser, which keeps its cookies, and then the page, unless it is lost in between.
    pub fn answer(&mut self, request: usize, reaches_page: bool) {
        let mut request = self.requests.remove(request);
        let reply = Arc::make_mut(&mut request).reply.take().expect("it is on its way home");
        match &reply {
            Reply::Issued(sid, cookies) => {
                Arc::make_mut(&mut self.jar).insert(*sid, *cookies);
            }
            Reply::Done(sid) => {
                Arc::make_mut(&mut self.jar).remove(sid);
            }
            Reply::Sessions(_, dead) => Arc::make_mut(&mut self.jar).retain(|sid, _| !dead.contains(sid)),
            Reply::Unauthorized => {
                if let What::Refresh(_, sid) = request.what {
                    Arc::make_mut(&mut self.jar).remove(&sid);
                }
            }
            Reply::Posts(_) | Reply::AnotherSession | Reply::Failed => {}
        }
        let reply = if reaches_page { reply } else { Reply::Failed };
        self.hand_over(request, reply);
    }

    /// The request or its answer is lost, cookies and all, and the page is told at once.
    pub fn lose(&mut self, request: usize) {
        let request = self.requests.remove(request);
        self.hand_over(request, Reply::Failed);
    }

    pub fn hand_over(&mut self, request: Arc<Request>, reply: Reply) {
        let tab = request.page.0;
        if !request.open || !self.is_open(request.page) {
            return;
        }
        if self.tabs[tab].frozen {
            self.tabs[tab].inbox.push((request, reply));
        } else {
            self.heard(tab, &request, reply);
        }
    }

    /// The page hears of it.
    pub fn heard(&mut self, tab: usize, request: &Request, reply: Reply) {
        let sent = request.sent;
        match request.what.clone() {
            What::SignIn(attempt, person) => match reply {
                Reply::Issued(sid, cookies) => {
                    let (user, tokens) = (Box::new(user(person)), Box::new(tokens(sid, cookies)));
                    self.feed(tab, |stored| Event::SignedIn { attempt, user, tokens, sent, stored });
                }
                _ => self.feed(tab, |stored| Event::SignInLost { attempt, stored }),
            },
            What::Refresh(ticket, _) => {
                let outcome = match reply {
                    Reply::Issued(sid, cookies) => RefreshOutcome::Granted(Box::new(tokens(sid, cookies))),
                    Reply::Unauthorized => RefreshOutcome::Refused,
                    Reply::AnotherSession => RefreshOutcome::AnotherSession,
                    _ => RefreshOutcome::Failed { cause: Degradation::Unreachable, retry_after: None },
                };
                self.feed(tab, |stored| Event::RefreshFinished { ticket, outcome, stored });
            }
            What::Revoke(sid) => {
                let revocation = Revocation::Session(session_id(sid));
                let done = !matches!(reply, Reply::Failed);
                self.feed(tab, |stored| Event::RevokeFinished { revocation, done, stored });
            }
            What::Ask(ticket) => {
                let outcome = match reply {
                    Reply::Sessions(sessions, _) => {
                        SessionsOutcome::Found { sessions, server_time: Some(wall(self.now)) }
                    }
                    _ => SessionsOutcome::Failed { cause: Degradation::Unreachable, retry_after: None },
                };
                self.feed(tab, |stored| Event::SessionsListed { ticket, outcome, sent, stored });
            }
            What::Poll(token, meant) => match reply {
                // A page drops what was meant for another person.
                Reply::Posts(served) if self.shown(tab) == Some(meant) && served != meant => {
                    self.break_invariant(format!("a page of {meant} shows the data of {served}"));
                }
                Reply::Unauthorized => self.feed(tab, |_| Event::AccessTokenRejected(token)),
                Reply::AnotherSession => {
                    let session = session_id(meant);
                    self.feed(tab, |stored| Event::AnotherSession { session, stored });
                }
                _ => {}
            },
        }
    }

    pub fn send(&mut self, tab: usize, what: What) {
        let (page, cookies, sent) = (self.page(tab), self.jar.clone(), self.now);
        self.requests.push(Arc::new(Request { page, what, cookies, sent, open: true, cancelled: false, reply: None }));
    }
}

fn tokens(session: Sid, cookies: Cookies) -> IssuedTokens {
    IssuedTokens {
        credentials: Credentials::SessionCookie { session: session_id(session) },
        access_issued_at: Some(wall(cookies.issued)),
        access_expires_at: Some(wall(cookies.issued + LIFETIME)),
        refresh_expires_at: None,
        session_ends_at: None,
    }
}

/// The session that a revocation names.
pub fn revoked(revocation: &Revocation) -> Sid {
    match revocation {
        Revocation::Session(session) => sid(session),
        other => unreachable!("{other:?} is not for cookies with names"),
    }
}
