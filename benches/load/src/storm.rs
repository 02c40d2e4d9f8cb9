//! Everybody's token is due in the same second.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tokio::task::{JoinSet, LocalSet};
use tokio::time::sleep;

use crate::connection::{Answer, Connection};
use crate::place::Place;
use crate::sample::Sample;
use crate::session::Session;

/// As long as the app waits for an answer.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// What the app waits for before it asks again.
const RETRY: Duration = Duration::from_secs(31);
/// Up to this much more, so that not everybody asks again at once.
const RETRY_JITTER_MS: u64 = 14_000;
/// A token is good for so long after the app begins to refresh it.
const MARGIN: Duration = Duration::from_secs(60);
/// Few enough for a backlog, and for the timeout of each.
const OPENED_AT_A_TIME: usize = 50;
/// No server is that slow.
const TRIES: usize = 4;

/// How a storm went.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Of the refreshes, from a browser's first request.
    pub sample: Sample,
    /// Requests that had to be sent again.
    pub asked_again: usize,
    /// Refreshes that came after the token had expired.
    pub late: usize,
    /// Sessions whose refresh was refused: their people have to sign in again.
    pub lost: usize,
}

/// How it went for one session.
struct Refresh {
    wait: Duration,
    tries: usize,
    is_refused: bool,
}

/// Each session refreshes once, all of them within a second.
///
/// A page polls more often than a proxy closes its connection, so behind the proxy each browser has one open by then.
pub async fn measure(place: &Place, sessions: &mut [Session]) -> Result<Outcome> {
    let place = Rc::new(place.clone());
    let browsers = LocalSet::new();
    let spacing = Duration::from_secs(1) / u32::try_from(sessions.len())?;
    let ended = browsers.run_until(async {
        let connections = if place.tls.is_some() { opened(&place, sessions.len()).await? } else { Vec::new() };
        let mut connections = connections.into_iter();
        let (start, used) = (Instant::now(), place.used()?);
        let mut running = JoinSet::new();
        for (number, session) in sessions.iter().enumerate() {
            let connection = connections.next();
            let (place, mut session) = (Rc::clone(&place), session.clone());
            let arrival = spacing * u32::try_from(number)?;
            // Any that differs from its neighbours': a run is the same each time.
            let jitter = Duration::from_millis(u64::try_from(number)? * 7_919 % RETRY_JITTER_MS);
            running.spawn_local(async move {
                sleep(arrival).await;
                let refreshed = until_refreshed(&place, &mut session, connection, jitter).await?;
                anyhow::Ok((number, session, refreshed))
            });
        }
        let mut ended = Vec::new();
        while let Some(outcome) = running.join_next().await {
            ended.push(outcome??);
        }
        let mut outcome = Outcome::default();
        outcome.sample.lasted = start.elapsed();
        place.used()?.since(used, &mut outcome.sample);
        anyhow::Ok((outcome, ended))
    });
    let (mut outcome, ended) = ended.await?;
    for (number, session, refresh) in ended {
        sessions[number] = session;
        outcome.asked_again += refresh.tries - 1;
        if refresh.is_refused {
            outcome.lost += 1;
            continue;
        }
        outcome.late += usize::from(refresh.wait > MARGIN);
        outcome.sample.waits.push(refresh.wait);
    }
    ensure!(!outcome.sample.waits.is_empty(), "nobody was refreshed");
    Ok(outcome)
}

/// So many connections, some at a time.
async fn opened(place: &Rc<Place>, count: usize) -> Result<Vec<Connection>> {
    let mut connections = Vec::with_capacity(count);
    while connections.len() < count {
        let mut opening = JoinSet::new();
        for _ in 0..OPENED_AT_A_TIME.min(count - connections.len()) {
            let place = Rc::clone(place);
            opening.spawn_local(async move { Connection::open(&place, TIMEOUT).await });
        }
        while let Some(connection) = opening.join_next().await {
            connections.push(connection??);
        }
    }
    Ok(connections)
}

async fn until_refreshed(
    place: &Place,
    session: &mut Session,
    mut connection: Option<Connection>,
    jitter: Duration,
) -> Result<Refresh> {
    let start = Instant::now();
    for tries in 1..=TRIES {
        match ask(place, session, connection.take()).await {
            Ok(answer) if answer.status == 200 => {
                session.take(place.site.system, &answer)?;
                return Ok(Refresh { wait: start.elapsed(), tries, is_refused: false });
            }
            Ok(answer) if matches!(answer.status, 400 | 401 | 403 | 409) => {
                return Ok(Refresh { wait: start.elapsed(), tries, is_refused: true });
            }
            // A server that is too busy, or no answer at all: the app keeps the token and asks again.
            Ok(_) | Err(_) => sleep(RETRY + jitter).await,
        }
    }
    bail!("a session was not refreshed in {TRIES} tries")
}

async fn ask(place: &Place, session: &Session, open: Option<Connection>) -> Result<Answer> {
    let mut connection = match open {
        Some(connection) => connection,
        None => Connection::open(place, TIMEOUT).await?,
    };
    connection.send(place.site.refresh(session)?).await.context("a refresh")
}
