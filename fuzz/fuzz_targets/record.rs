//! Any text where the session is stored, and a machine that begins with it.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use yew_auth_session::{
    CredentialKind, Effect, Event, Now, RefreshPolicy, SessionMachine, SessionsOutcome, Stored, StoredRecord, Timestamp,
};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let stored = read(&text);
    if let Stored::Present(record) = &stored {
        let written = serde_json::to_string(&StoredRecord::new(record)).expect("a record can be written");
        assert_eq!(read(&written), stored, "and is read again as what it was");
    }
    wake(stored);
});

fn read(text: &str) -> Stored {
    Stored::classify(serde_json::from_str(text), || serde_json::from_str(text))
}

/// A page that finds this record, and stays open for an hour.
fn wake(stored: Stored) {
    let mut machine = SessionMachine::new(RefreshPolicy::default(), CredentialKind::SessionCookie, 7);
    let mut now = Now { wall: Timestamp::from_secs(1_800_000_000), monotonic: Duration::from_secs(100) };
    machine.handle_event(Event::Started { stored, online: true }, now);
    for _ in 0..60 {
        while let Some(effect) = machine.poll_effect() {
            // The server knows of no session: whatever the record says, the machine has to come to an end.
            if let Effect::AskSessions(ticket) = effect {
                let outcome = SessionsOutcome::Found { sessions: Vec::new(), server_time: Some(now.wall) };
                let (sent, stored) = (now.monotonic, Stored::Absent);
                machine.handle_event(Event::SessionsListed { ticket, outcome, sent, stored }, now);
            }
        }
        now.wall = now.wall + Duration::from_secs(60);
        now.monotonic += Duration::from_secs(60);
        machine.handle_timeout(now);
    }
}
