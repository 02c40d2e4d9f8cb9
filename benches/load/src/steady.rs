//! Browsers that each ask again as soon as they are answered.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::task::{JoinSet, LocalSet};

use crate::connection::Connection;
use crate::place::Place;
use crate::sample::Sample;
use crate::session::Session;
use crate::work::Work;

/// An answer that takes longer than this does not come.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Lets each of the sessions ask for so long.
///
/// # Errors
///
/// An answer is not the right one, or none came.
pub async fn measure(place: &Place, work: Work, sessions: &mut [Session], lasting: Duration) -> Result<Sample> {
    let place = Rc::new(place.clone());
    let browsers = LocalSet::new();
    let outcome = browsers.run_until(async {
        let mut ready = Vec::new();
        for session in sessions.iter() {
            let mut session = session.clone();
            let mut connection = Connection::open(&place, TIMEOUT).await?;
            work.prepare(&place.site, &mut connection, &mut session).await?;
            ready.push((connection, session));
        }
        let (start, used) = (Instant::now(), place.used()?);
        let mut running = JoinSet::new();
        for (number, (mut connection, mut session)) in ready.into_iter().enumerate() {
            let place = Rc::clone(&place);
            running.spawn_local(async move {
                let mut waits = Vec::new();
                while start.elapsed() < lasting {
                    let asked = Instant::now();
                    let answered = work.once(&place.site, &mut connection, &mut session).await;
                    answered.with_context(|| format!("{} at {}", work.name(), place.site.origin))?;
                    waits.push(asked.elapsed());
                }
                anyhow::Ok((number, session, waits))
            });
        }
        let (mut sample, mut after) = (Sample::default(), Vec::new());
        while let Some(ended) = running.join_next().await {
            let (number, session, waits) = ended??;
            after.push((number, session));
            sample.waits.extend(waits);
        }
        sample.lasted = start.elapsed();
        place.used()?.since(used, &mut sample);
        anyhow::Ok((sample, after))
    });
    let (sample, after) = outcome.await?;
    ensure!(!sample.waits.is_empty(), "nothing was answered");
    for (number, session) in after {
        sessions[number] = session;
    }
    Ok(sample)
}
