//! What one million signed-in people cost on paper, by what was measured.

use anyhow::{Context, Result};

use crate::report::{Table, figure};
use crate::sample::Sample;
use crate::work::Work;

const PEOPLE: f64 = 1_000_000.0;
/// A token lives for 300 s, and is refreshed 60 s before its end.
const REFRESH_SECONDS: f64 = 240.0;
/// Of the page that is looked at.
const POLL_SECONDS: f64 = 10.0;
const SIGN_IN_SECONDS: f64 = 30.0 * 24.0 * 3600.0;
/// Of a host that has room for a peak.
const LOAD: f64 = 0.6;
const CORES_OF_A_HOST: f64 = 8.0;

/// Requests a second, and the cores that they take.
pub fn table(samples: &[(Work, Sample)]) -> Result<String> {
    let mut table =
        Table::new(&["Looking at a page", "Request", "a second", "cores", "cores of PostgreSQL", "hosts of 8 cores"]);
    for (who, share) in [("everybody", 1.0), ("one in ten", 0.1)] {
        let (mut cores, mut database) = (0.0, 0.0);
        for (work, rate) in [
            (Work::Refresh, PEOPLE * share / REFRESH_SECONDS),
            (Work::UnchangedPosts, PEOPLE * share / POLL_SECONDS),
            (Work::SignIn, PEOPLE / SIGN_IN_SECONDS),
        ] {
            let (_, sample) = samples.iter().find(|(known, _)| *known == work).context("it was not measured")?;
            let all = rate / sample.rate_per_core();
            let of_database = all * sample.database_share();
            table.row(
                [who, work.name(), &figure(rate), &figure(all - of_database), &figure(of_database), ""]
                    .map(str::to_owned),
            );
            cores += all - of_database;
            database += of_database;
        }
        let hosts = (cores / LOAD / CORES_OF_A_HOST).ceil();
        table.row([who, "all", "", &figure(cores), &figure(database), &figure(hosts)].map(str::to_owned));
    }
    Ok(table.text())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_thousand_requests_a_second_per_core_take_a_hundred_cores_for_all_polls() {
        let waits = vec![Duration::from_millis(1); 1_000];
        let processor = Duration::from_secs(1);
        let sample = Sample { waits, processor, database: processor / 4, ..Sample::default() };
        let samples = [Work::Refresh, Work::UnchangedPosts, Work::SignIn].map(|work| (work, sample.clone()));
        let table = table(&samples).expect("all are measured");
        assert!(table.contains("| everybody | posts, 304 | 100,000 | 75 | 25 |  |"), "{table}");
        assert!(table.contains("| one in ten | posts, 304 | 10,000 | 7.5 | 2.5 |  |"), "{table}");
    }

    #[test]
    fn what_was_not_measured_is_an_error() {
        assert!(table(&[]).is_err());
    }
}
