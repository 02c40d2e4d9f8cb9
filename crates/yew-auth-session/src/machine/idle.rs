//! The end of a session in which nobody does anything, where the app wants one.

use std::time::Duration;

use super::{READ_AFTER, SessionMachine};
use crate::record::StoredSession;
use crate::state::{Persistence, SignOutReason};
use crate::time::{Now, Timestamp};

/// Activity is shared in steps of this much of the limit: not each key stroke is written.
const STEPS: u32 = 16;

impl SessionMachine {
    /// Somebody has done something at the page: typed, tapped, sent a request. A poll is nobody's doing.
    pub(super) fn note_activity(&mut self, now: Now) {
        let Some(limit) = self.policy.idle_limit.filter(|_| self.record.session().is_some()) else { return };
        self.last_active = Some(now);
        let is_news = self.record.active_at.is_none_or(|at| now.wall.duration_since(at) > limit / STEPS);
        if self.was_active_in_the_future(now) {
            self.record.active_at = Some(now.wall);
            // Within one generation the later time would win.
            self.share_change();
        } else if is_news {
            self.record.active_at = Some(now.wall);
            self.store();
        }
    }

    /// The clock was set back since somebody did something.
    fn was_active_in_the_future(&self, now: Now) -> bool {
        self.record.active_at.is_some_and(|at| at > now.wall)
    }

    pub(super) fn end_session_when_idle(&mut self, now: Now) {
        // The limit begins anew for a page at which nobody has done anything.
        if self.last_active.is_none() && self.was_active_in_the_future(now) {
            self.last_active = Some(now);
        }
        // Somebody may have been active in a tab of which nothing has been heard yet.
        let has_read = self.has_read || self.persistence == Persistence::MemoryOnly;
        if has_read && self.idle_left(now) == Some(Duration::ZERO) {
            if let Some(revocation) = self.record.session().map(StoredSession::revocation) {
                self.revoke_later(revocation);
            }
            self.end_session(SignOutReason::Idle);
        }
    }

    pub(super) fn next_idle_end(&self, now: Now) -> Option<Duration> {
        let left = self.idle_left(now)?;
        let wait = if left.is_zero() { READ_AFTER } else { left };
        Some(now.monotonic + wait)
    }

    /// When the session ends unless somebody does something, on our own clock.
    pub(super) fn idle_end(&self) -> Option<Timestamp> {
        let now = self.last_now?;
        self.idle_left(now).map(|left| now.wall + left)
    }

    /// The machine may have slept, which the monotonic clock need not notice: the longer of both times counts.
    fn idle_left(&self, now: Now) -> Option<Duration> {
        let limit = self.policy.idle_limit?;
        self.record.session()?;
        let here =
            self.last_active.map(|at| now.wall.duration_since(at.wall).max(now.monotonic.saturating_sub(at.monotonic)));
        let shared = self.record.active_at.filter(|at| *at <= now.wall).map(|at| now.wall.duration_since(at));
        let idle = [here, shared].into_iter().flatten().min()?;
        Some(limit.saturating_sub(idle))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        AccessToken, CredentialKind, Credentials, EndCause, Event, IssuedTokens, PlannedEnd, RefreshPolicy,
        RefreshToken, SessionState, SignInId, Stored, User,
    };

    fn at(secs: u64) -> Now {
        Now { wall: Timestamp::from_secs(1_000_000 + secs.cast_signed()), monotonic: Duration::from_secs(secs) }
    }

    fn signed_in(idle_limit: Option<Duration>) -> SessionMachine {
        let policy = RefreshPolicy { idle_limit, ..RefreshPolicy::default() };
        let mut machine = SessionMachine::new(policy, CredentialKind::Bearer, 1);
        machine.handle_event(Event::Started { stored: Stored::Absent, online: true }, at(0));
        let tokens = IssuedTokens {
            credentials: Credentials::Bearer {
                access: AccessToken::new("a").unwrap(),
                refresh: Some(RefreshToken::new("r").unwrap()),
            },
            access_issued_at: Some(at(0).wall),
            access_expires_at: Some(at(100_000).wall),
            refresh_expires_at: None,
            session_ends_at: None,
        };
        let (user, tokens) = (Box::new(User::new("1", "demo")), Box::new(tokens));
        let attempt = SignInId::new("1");
        let sent = Duration::ZERO;
        machine.handle_event(Event::SignedIn { attempt, user, tokens, sent, stored: Stored::Absent }, at(0));
        machine
    }

    /// The timer fires, and the driver reads the record.
    fn read(machine: &mut SessionMachine, now: Now) {
        let stored = Stored::Present(Box::new(machine.record.clone()));
        machine.handle_event(Event::RecordChanged { stored }, now);
    }

    fn is_idle(machine: &SessionMachine) -> bool {
        *machine.state() == SessionState::Unauthenticated(SignOutReason::Idle)
    }

    #[test]
    fn a_session_in_which_nobody_does_anything_ends_at_the_limit() {
        let mut machine = signed_in(Some(Duration::from_secs(600)));
        assert_eq!(machine.poll_timeout(), Some(at(600).wall));
        read(&mut machine, at(599));
        assert!(!is_idle(&machine));
        read(&mut machine, at(600));
        assert!(is_idle(&machine));
    }

    #[test]
    fn activity_keeps_the_session() {
        let mut machine = signed_in(Some(Duration::from_secs(600)));
        machine.handle_event(Event::Active, at(500));
        read(&mut machine, at(1_099));
        assert!(!is_idle(&machine));
        read(&mut machine, at(1_100));
        assert!(is_idle(&machine));
    }

    #[test]
    fn activity_in_another_tab_keeps_the_session_here() {
        let mut machine = signed_in(Some(Duration::from_secs(600)));
        let mut record = machine.record.clone();
        record.active_at = Some(at(590).wall);
        machine.handle_event(Event::RecordChanged { stored: Stored::Present(Box::new(record)) }, at(591));
        read(&mut machine, at(1_189));
        assert!(!is_idle(&machine));
        read(&mut machine, at(1_190));
        assert!(is_idle(&machine));
    }

    #[test]
    fn the_planned_end_is_the_limit_after_what_was_done_last_in_any_tab() {
        let mut machine = signed_in(Some(Duration::from_secs(600)));
        let idle_at = |secs| Some(PlannedEnd { at: at(secs).wall, cause: EndCause::Idle });
        assert_eq!(machine.planned_end(), idle_at(600));
        machine.handle_event(Event::Active, at(100));
        assert_eq!(machine.planned_end(), idle_at(700));
        let mut record = machine.record.clone();
        record.active_at = Some(at(150).wall);
        machine.handle_event(Event::RecordChanged { stored: Stored::Present(Box::new(record)) }, at(151));
        assert_eq!(machine.planned_end(), idle_at(750));
        machine.handle_event(Event::SignOutRequested { stored: Stored::Absent }, at(160));
        assert_eq!(machine.planned_end(), None);
    }

    /// The limit is 600 s, so a step is 37.5 s.
    #[test]
    fn activity_is_written_in_steps_of_a_sixteenth_of_the_limit_or_where_the_clock_was_set_back() {
        let is_written = |now: Now| {
            let mut machine = signed_in(Some(Duration::from_secs(600)));
            while machine.poll_effect().is_some() {}
            machine.handle_event(Event::Active, now);
            matches!(machine.poll_effect(), Some(crate::Effect::Store(_)))
        };
        let after =
            |millis| Now { wall: at(0).wall + Duration::from_millis(millis), monotonic: Duration::from_millis(millis) };
        assert!(!is_written(after(0)), "signing in was written");
        assert!(!is_written(after(37_500)));
        assert!(is_written(after(37_501)));
        assert!(is_written(Now { wall: at(0).wall - Duration::from_millis(1), monotonic: Duration::ZERO }));
    }

    #[test]
    fn without_a_limit_no_idleness_ends_a_session() {
        let mut machine = signed_in(None);
        read(&mut machine, at(90_000));
        assert!(!is_idle(&machine));
    }

    #[test]
    fn requests_at_the_margin_do_not_count_as_activity() {
        let mut machine = signed_in(Some(Duration::from_secs(600)));
        let _ = machine.authorization(at(599));
        read(&mut machine, at(600));
        assert!(is_idle(&machine));
    }
}
