//! The invariants of what pages send, and of what they get for it.

use yew_auth_session::{AccessToken, CredentialKind, Credentials, RefreshPolicy, RefreshToken, SessionRecord};

use super::clock::{Instant, MINUTE, SECOND, server_time};
use super::invariants::{Invariant, ServerPause, Violation};
use super::lock::PageId;
use super::network::Fault;
use super::person::family_of;
use super::request::{Answer, Purpose, RequestId};
use super::server::{Family, Refusal, Server};
use super::session_cookies::family_of_id;
use super::world::World;

/// How long an awake page may not know what another has done.
const NEWS_TAKES_AT_MOST: u64 = 25 * SECOND;

/// What happens so soon after may be heard of first.
const NEWS_TAKES_AT_LEAST: u64 = 150;

const MOST_REFRESHES_A_MINUTE: usize = 12;

impl World {
    pub fn violate(&mut self, invariant: Invariant, how: impl FnOnce() -> String) {
        if self.checks.violation.is_none() {
            let violation = Violation { invariant, how: how(), at: self.now };
            self.trace.world(self.now, || format!("BROKEN {violation}"));
            self.checks.violation = Some(violation);
        }
    }

    /// OneRefreshInRequest, SignOutIsFinal, RefreshRateBounded, RetryAfterHonoured, NoSupersededToken: a page is about to send a refresh.
    pub fn check_refresh(&mut self, page: PageId, token: Option<&RefreshToken>) {
        self.check_alone(page);
        self.check_rate();
        self.check_pause_kept(page);
        let stored = self.record.as_ref().and_then(SessionRecord::session);
        let stored_token = stored.and_then(|session| session.credentials.refresh_token()).cloned();
        if stored_token.is_some() && stored_token.as_ref() != token {
            self.violate(Invariant::NoSupersededToken, || {
                format!("page {page} refreshes with a token that has a successor")
            });
        }
        if let Some(family) = self.pages[page].shows {
            self.check_not_over(page, family);
        }
        self.checks.refreshes += 1;
    }

    /// A request that was given up may still be on its way, and is nobody's any more. One that its page ought to have
    /// given up is not counted either, but only where the page could not: it was frozen, or its timers were held back.
    /// Nor is one of a page that has lost the lock to another: to a page that starts, the lock is free.
    fn check_alone(&mut self, page: PageId) {
        let timeout = u64::try_from(RefreshPolicy::default().request_timeout.as_millis()).expect("short");
        let other = self.open_refreshes().find(|(_, request)| {
            request.page == page || (self.now - request.sent < timeout && !self.was_robbed(request.page, page, timeout))
        });
        if let Some((other, holder, sent)) = other.map(|(other, request)| (other, request.page, request.sent)) {
            self.violate(Invariant::OneRefreshInRequest, || {
                format!("page {page} refreshes while page {holder}'s request {other} of {sent} ms is under way")
            });
        }
        let outlived = self
            .open_refreshes()
            .find(|(_, request)| {
                !self.is_hindered(request.page, request.sent) && !self.was_robbed(request.page, page, timeout)
            })
            .map(|(other, _)| other);
        if let Some(other) = outlived {
            self.violate(Invariant::OneRefreshInRequest, || format!("request {other} has outlived its timeout"));
        }
    }

    /// Whether the lock was stolen from `page` lately, and not by `sender`.
    fn was_robbed(&self, page: PageId, sender: PageId, lately: u64) -> bool {
        self.checks.robbed.get(&page).is_some_and(|(thief, at)| *thief != sender && self.now - at < lately)
    }

    /// NewerCookiesKept: an answer that changes the cookies reaches the browser after those of a newer session. A sign-in
    /// that has waited for the lock as long as it may is sent without it (docs/limits.md).
    pub fn check_overtaking(&mut self, request: RequestId, answer: &Answer) {
        let newest = self.jar.fixed.refresh.as_ref().and_then(Server::refresh_family);
        if newest.is_some_and(|newest| self.checks.signed_in_without_lock.contains(&newest)) {
            return;
        }
        let changes = matches!(answer, Answer::Issued(_) | Answer::SignedOut);
        let late = &self.requests[request];
        let (page, sent) = (late.page, late.sent);
        if changes && !self.is_hindered(page, sent) {
            self.violate(Invariant::NewerCookiesKept, || format!("page {page}'s request of {sent} ms is answered"));
        }
    }

    /// Whether the page may have missed its own deadline for a request: it was frozen, or its timers were held back.
    fn is_hindered(&self, page: PageId, sent: Instant) -> bool {
        let page = &self.pages[page];
        page.is_frozen(self.now) || page.awake_since > sent || !page.visible || page.shown_since > sent
    }

    fn check_rate(&mut self) {
        let minute_ago = self.now.saturating_sub(MINUTE);
        let recent = &mut self.checks.recent_refreshes;
        recent.push_back(self.now);
        while recent.front().is_some_and(|at| *at <= minute_ago) {
            recent.pop_front();
        }
        let count = recent.len();
        if count > MOST_REFRESHES_A_MINUTE {
            self.violate(Invariant::RefreshRateBounded, || format!("{count} refreshes within a minute"));
        }
    }

    /// Other tabs are told until when on the wall clock. A page that was loaded, or woke, or got the news after that clock
    /// was set forward reads an end that is as much too early, and cannot know.
    fn check_pause_kept(&mut self, page: PageId) {
        let Some(server_pause) = self.checks.server_pause else { return };
        let this = &self.pages[page];
        let got_news = server_pause.heard + NEWS_TAKES_AT_LEAST;
        let was_not_there = server_pause.heard..=this.loaded.max(this.awake_since).max(got_news);
        let early = server_pause.until.saturating_sub(self.now);
        let same_session = server_pause.family == this.shows;
        if same_session && early > self.set_forward(was_not_there) {
            self.violate(Invariant::RetryAfterHonoured, || format!("page {page} refreshes {early} ms early"));
        }
    }

    /// A page that begins to read a `Retry-After` off a clock that was set back waits as much longer, and never more than the
    /// whole of it.
    pub fn restart_server_pause(&mut self) {
        let Some(mut server_pause) = self.checks.server_pause else { return };
        let set_back = self.set_back(server_pause.heard..=self.now);
        if set_back > 0 {
            let whole = self.now + server_pause.until - server_pause.heard;
            server_pause.waits_until = server_pause.waits_until.max(whole.min(server_pause.until + set_back));
            self.checks.server_pause = Some(server_pause);
            self.disturb(server_pause.waits_until);
        }
    }

    /// A page hears `Retry-After`. It counts for the token that the pages present, and, while it is news, for any other of
    /// the same session.
    pub fn note_server_pause(&mut self, request: RequestId, answer: &Answer) {
        let Answer::Fault(Fault::RateLimited { retry_after }) = answer else { return };
        let Purpose::Refresh { token, family, .. } = &self.requests[request].purpose else { return };
        let policy = RefreshPolicy::default();
        let stored = self.record.as_ref().and_then(SessionRecord::session);
        let sent = self.requests[request].sent;
        let is_news = self.now <= sent + policy.request_timeout.as_secs() * SECOND;
        let counts = stored.filter(|session| Some(family_of(&session.user)) == *family).is_some_and(|session| {
            // Without rotation the next refresh presents the same token.
            let is_presented = |refresh| refresh == token.as_ref() && session.access_issued_at <= server_time(sent);
            let in_cookies = match &session.credentials {
                Credentials::Bearer { refresh, .. } => return is_news || is_presented(refresh.as_ref()),
                Credentials::Cookie => Some(&self.jar.fixed),
                Credentials::SessionCookie { session } => self.jar.named.get(&family_of_id(session)),
            };
            // The browser may have lost the cookies meanwhile; the pages honour the pause all the same.
            is_news || in_cookies.is_none_or(|pair| is_presented(pair.refresh.as_ref()))
        });
        if counts {
            let until = self.now + (*retry_after).min(policy.retry_after_cap.as_secs()) * SECOND;
            self.checks.server_pause =
                Some(ServerPause { family: *family, heard: self.now, until, waits_until: until });
            self.disturb(until);
        }
    }

    /// NoExpiredToken, SignOutIsFinal, PollsNeverOverlap, NoSupersededToken: a page is about to send a request.
    pub fn check_poll(&mut self, page: PageId, family: Family, token: Option<&AccessToken>) {
        self.checks.polls += 1;
        if self.pages[page].last_poll.is_some_and(|request| self.requests[request].open) {
            self.violate(Invariant::PollsNeverOverlap, || format!("page {page} has a poll under way"));
        }
        self.check_not_over(page, family);
        let Some(token) = token else { return };
        let expiry = self.server.access_expiry(token).expect("the server has issued it");
        let now = server_time(self.now);
        // Cookies that a late answer has replaced by older ones end before what the page was told, and no page can see it.
        let is_overtaken = match self.setup.kind {
            CredentialKind::Bearer => false,
            CredentialKind::Cookie => self.jar.fixed.is_overtaken,
            CredentialKind::SessionCookie => self.jar.named.get(&family).is_some_and(|pair| pair.is_overtaken),
        };
        let stored = self.record.as_ref().and_then(SessionRecord::session);
        let is_told = stored.map_or(self.setup.renewal.renews(), |session| session.access_expires_at.is_some());
        let superseded =
            stored.and_then(|session| session.credentials.access_token()).is_some_and(|stored| stored != token);
        if is_told && expiry <= now && !is_overtaken && !self.cannot_know_the_clock(page, token) {
            let late = now.duration_since(expiry);
            self.violate(Invariant::NoExpiredToken, || format!("page {page} sends a token that expired {late:?} ago"));
        }
        if superseded && self.should_know(page, self.checks.committed) {
            self.violate(Invariant::NoSupersededToken, || {
                format!("page {page} sends an access token that has a successor")
            });
        }
    }

    fn check_not_over(&mut self, page: PageId, family: Family) {
        if self.checks.over.get(&family).is_some_and(|since| self.should_know(page, *since)) {
            self.violate(Invariant::SignOutIsFinal, || format!("page {page} uses session {family}, which is over"));
        }
    }

    fn should_know(&self, page: PageId, since: Instant) -> bool {
        self.now - since.max(self.pages[page].awake_since) > NEWS_TAKES_AT_MOST
    }

    /// NoUnauthorizedReachesPage: a 401 is about to reach the page.
    pub fn check_401(&mut self, page: PageId, family: Family, refusal: Refusal) {
        let living = self.server.alive(family, self.now).is_ok();
        if living && self.pages[page].shows == Some(family) {
            self.violate(Invariant::NoUnauthorizedReachesPage, || format!("page {page} sees a 401 ({refusal:?})"));
        }
    }

    /// NoReuseDetected: only a thief presents a token whose successor was used.
    pub fn check_reuse(&mut self, refusal: Option<Refusal>) {
        if refusal == Some(Refusal::Reused) {
            self.violate(Invariant::NoReuseDetected, || "a superseded refresh token arrives at the server".to_owned());
        }
    }

    /// TransientFailuresKeepSession, RevocationEndsItsSession: only sessions that are over in this browser are revoked,
    /// and only the one that is meant.
    pub fn check_revocation(&mut self, token: Option<&RefreshToken>, meant: Option<Family>) {
        let Some(family) = token.and_then(Server::refresh_family) else { return };
        if meant.is_some_and(|meant| meant != family) {
            self.violate(Invariant::RevocationEndsItsSession, || format!("{family} is revoked instead of {meant:?}"));
        }
        if self.is_known(family) && !self.checks.over.contains_key(&family) {
            self.violate(Invariant::TransientFailuresKeepSession, || {
                format!("session {family} is revoked, and nobody has ended it")
            });
        }
    }

    /// ServedAsShown: a page that is about to send a request names the session that it shows.
    pub fn check_named(&mut self, page: PageId, shown: Family, named: Option<Family>) {
        if self.setup.kind == CredentialKind::SessionCookie && named != Some(shown) {
            self.violate(Invariant::ServedAsShown, || format!("page {page} shows {shown} and names {named:?}"));
        }
    }

    /// ServedAsShown: the server has served a request.
    pub fn check_served(&mut self, request: RequestId, meant: Family, served: Family) {
        if meant != served {
            self.violate(Invariant::ServedAsShown, || format!("request {request} of {meant} is served for {served}"));
        }
    }
}
