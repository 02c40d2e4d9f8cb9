//! Refresh tokens that end: before the access token does, when the session does, or as nobody has said.

use yew_auth_session::{AccessToken, CredentialKind, Credentials, Event, IssuedTokens, RefreshToken, Stored};

use crate::rig::{Rig, at, grant};
use crate::transport::over;

over_every_transport! {
    c14_a_refresh_token_that_ends_first_is_renewed_before_it_ends,
    c14_a_refresh_token_whose_end_no_refresh_moves_is_renewed_once_for_it,
    c14_a_refresh_token_that_has_ended_when_it_was_issued_makes_no_difference,
    c14_a_refresh_token_that_has_ended_does_not_end_an_access_token_that_is_good,
    c14_a_token_that_does_not_say_when_it_expires_is_renewed_before_the_refresh_token_ends,
}

/// A pair whose refresh token ends at this second.
fn refreshable_until(number: u32, issued_at: i64, refresh_end: i64) -> IssuedTokens {
    let refresh_expires_at = Some(at(refresh_end));
    IssuedTokens { refresh_expires_at, session_ends_at: None, ..grant(number, issued_at, 120) }
}

fn c14_a_refresh_token_that_ends_first_is_renewed_before_it_ends() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(refreshable_until(0, 0, 40));
    for number in 1..=3 {
        rig.run_until_refresh();
        rig.grant_refresh(refreshable_until(number, rig.second(), rig.second() + 40));
    }
    assert_eq!(rig.sent_at(), [19, 38, 57], "at half its life, which is shorter than the margin");
}

fn c14_a_refresh_token_whose_end_no_refresh_moves_is_renewed_once_for_it() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(refreshable_until(0, 0, 100));
    rig.run_until_refresh();
    rig.grant_refresh(refreshable_until(1, rig.second(), 100));
    rig.run_until(97.0);
    assert_eq!(rig.sent_at(), [39], "a minute before the end");
    assert!(rig.is_ready());
    let mut next = Rig { jumped: 97, ..Rig::waiting(rig.stored.clone()) };
    next.feed(|stored| Event::Started { stored, online: true });
    assert_eq!(next.refreshes, [], "another page knows, too");
    rig.run_until_refresh();
    assert_eq!(rig.sent_at(), [39, 98], "a minute before the access token's end");
    rig.grant_refresh(refreshable_until(2, rig.second(), 1_000));
    let session = rig.record().session().unwrap().clone();
    assert!(!session.refresh_end_is_fixed, "it has moved");
}

fn c14_a_refresh_token_that_has_ended_when_it_was_issued_makes_no_difference() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(refreshable_until(0, 0, -1_000_000));
    rig.run_until_refresh();
    assert_eq!(rig.sent_at(), [59]);
}

fn c14_a_refresh_token_that_has_ended_does_not_end_an_access_token_that_is_good() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(refreshable_until(0, 0, 20));
    rig.monotonic = 25.0;
    rig.run_until(55.0);
    assert_eq!(rig.refreshes, [], "nobody was there in time");
    assert!(rig.is_ready());
    rig.run_until_refresh();
    assert_eq!(rig.sent_at(), [59], "the server decides");
}

#[test]
fn c15_a_refresh_token_that_stays_ends_when_it_was_said_to_end() {
    over(CredentialKind::Bearer, || {
        let mut rig = Rig::started(Stored::Absent);
        rig.sign_in(IssuedTokens { session_ends_at: None, ..grant(0, 0, 300) });
        let without_end = |number, issued_at| IssuedTokens {
            refresh_expires_at: None,
            session_ends_at: None,
            ..grant(number, issued_at, 300)
        };
        let end = |rig: &Rig| rig.record().session().expect("signed in").refresh_expires_at;
        rig.run_until_refresh();
        let credentials = Credentials::Bearer {
            access: AccessToken::new("access.1").expect("a token"),
            refresh: Some(RefreshToken::new("refresh.0").expect("a token")),
        };
        rig.grant_refresh(IssuedTokens { credentials, ..without_end(1, rig.second()) });
        assert_eq!(end(&rig), Some(at(86_400)));
        rig.run_until_refresh();
        rig.grant_refresh(without_end(2, rig.second()));
        assert_eq!(end(&rig), None, "of another one nobody has said so");
    });
}

fn c14_a_token_that_does_not_say_when_it_expires_is_renewed_before_the_refresh_token_ends() {
    let endless = |number, issued_at, refresh_end| IssuedTokens {
        access_expires_at: None,
        ..refreshable_until(number, issued_at, refresh_end)
    };
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(endless(0, 0, 300));
    rig.run_until_refresh();
    assert_eq!(rig.sent_at(), [239]);
    rig.grant_refresh(endless(1, rig.second(), 300));
    rig.run_until(10_000.0);
    assert_eq!(rig.sent_at(), [239], "it has not put the end off");
    assert!(rig.is_ready());
}
