//! Writing a record as its reader reads it. By hand, like that.

use super::{RecordStatus, Revocation, SCHEMA, SessionRecord, StoredSession};
use crate::credentials::Credentials;
use crate::json::JsonWriter;
use crate::skew::ClockEstimate;
use crate::state::SignOutReason;
use crate::time::Timestamp;
use crate::user::User;

pub(super) fn text(record: &SessionRecord) -> String {
    JsonWriter::write(|json| {
        json.name("schema").unsigned(SCHEMA);
        json.name("record").object(|json| entries(json, record));
    })
}

fn entries(json: &mut JsonWriter, record: &SessionRecord) {
    json.name("generation").unsigned(record.generation.get());
    status(json.name("status"), &record.status);
    if let Some(hold) = record.hold {
        json.name("hold").object(|json| {
            json.name("number").unsigned(hold.number);
            json.name("until").signed(hold.until.as_millis());
            json.name("since").signed(hold.since.as_millis());
        });
    }
    timestamp(json, "active_at", record.active_at);
    json.name("revocations").list(|json| record.revocations.iter().for_each(|one| revocation(json, one)));
}

fn status(json: &mut JsonWriter, status: &RecordStatus) {
    match status {
        RecordStatus::Empty => json.text("empty"),
        RecordStatus::SignedOut(reason) => json.object(|json| json.name("signed_out").text(name(*reason))),
        RecordStatus::SignedIn(stored) => {
            json.object(|json| json.name("signed_in").object(|json| session(json, stored)))
        }
    }
}

fn session(json: &mut JsonWriter, session: &StoredSession) {
    json.name("user").object(|json| user(json, &session.user));
    credentials(json.name("credentials"), &session.credentials);
    json.name("access_issued_at").signed(session.access_issued_at.as_millis());
    timestamp(json, "access_expires_at", session.access_expires_at);
    timestamp(json, "refresh_expires_at", session.refresh_expires_at);
    timestamp(json, "session_ends_at", session.session_ends_at);
    timestamp(json, "signed_in_at", session.signed_in_at);
    json.name("clock").object(|json| clock(json, &session.clock));
}

fn user(json: &mut JsonWriter, user: &User) {
    json.name("id").text(&user.id);
    json.name("username").text(&user.username);
    json.name("email").text(&user.email);
    json.name("first_name").text(&user.first_name);
    json.name("last_name").text(&user.last_name);
}

fn credentials(json: &mut JsonWriter, credentials: &Credentials) {
    match credentials {
        Credentials::Cookie => json.text("cookie"),
        Credentials::Bearer { access, refresh } => json.object(|json| {
            json.name("bearer").object(|json| {
                json.name("access").text(access.secret());
                json.name("refresh").text(refresh.secret());
            });
        }),
    }
}

fn clock(json: &mut JsonWriter, clock: &ClockEstimate) {
    json.name("skew").signed(clock.skew().as_millis());
    if let Some(uncertainty) = clock.uncertainty() {
        json.name("uncertainty").object(|json| {
            json.name("secs").unsigned(uncertainty.as_secs());
            json.name("nanos").unsigned(uncertainty.subsec_nanos().into());
        });
    }
    json.name("measured_at").signed(clock.measured_at().as_millis());
}

fn revocation(json: &mut JsonWriter, revocation: &Revocation) {
    match revocation {
        Revocation::Cookie => json.text("cookie"),
        Revocation::Token(token) => json.object(|json| json.name("token").text(token.secret())),
    }
}

/// As [`SignOutReason`] is read.
fn name(reason: SignOutReason) -> &'static str {
    match reason {
        SignOutReason::NeverSignedIn => "never_signed_in",
        SignOutReason::SignedOut => "signed_out",
        SignOutReason::SignedOutInAnotherTab => "signed_out_in_another_tab",
        SignOutReason::Expired => "expired",
        SignOutReason::Revoked => "revoked",
        SignOutReason::Idle => "idle",
        SignOutReason::AbsoluteEnd => "absolute_end",
        SignOutReason::NewerRelease => "newer_release",
    }
}

/// Nothing, where there is none.
fn timestamp(json: &mut JsonWriter, name: &str, timestamp: Option<Timestamp>) {
    if let Some(timestamp) = timestamp {
        json.name(name).signed(timestamp.as_millis());
    }
}
