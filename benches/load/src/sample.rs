//! What was measured of one kind of request.

use std::time::Duration;

/// Answers, and what they cost.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// How long each answer took.
    pub waits: Vec<Duration>,
    /// From the first request to the last answer.
    pub lasted: Duration,
    /// The processor's time of the servers.
    pub processor: Duration,
    /// PostgreSQL's part of it.
    pub database: Duration,
}

impl Sample {
    /// With what another round has measured.
    pub fn add(&mut self, other: Self) {
        self.waits.extend(other.waits);
        self.lasted += other.lasted;
        self.processor += other.processor;
        self.database += other.database;
    }

    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.count() / self.lasted.as_secs_f64()
    }

    /// Requests in a second of one processor core that does nothing else.
    pub fn rate_per_core(&self) -> f64 {
        self.count() / self.processor.as_secs_f64()
    }

    /// PostgreSQL's part of the servers' time, from 0 to 1.
    pub fn database_share(&self) -> f64 {
        self.database.as_secs_f64() / self.processor.as_secs_f64()
    }

    /// The wait that this share of all answers did not exceed, in milliseconds.
    pub fn percentile(&self, share: f64) -> f64 {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let last = waits.len().saturating_sub(1);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let place = (last as f64 * share).round() as usize;
        waits.get(place).map_or(f64::NAN, |wait| wait.as_secs_f64() * 1000.0)
    }

    /// The median, and what one wait of a hundred exceeds.
    pub fn waits_text(&self) -> String {
        let text = |milliseconds: f64| match milliseconds {
            long if long >= 10_000.0 => format!("{:.0} s", long / 1000.0),
            long if long >= 1_000.0 => format!("{:.1} s", long / 1000.0),
            short => format!("{short:.0} ms"),
        };
        format!("{} / {}", text(self.percentile(0.5)), text(self.percentile(0.99)))
    }

    #[allow(clippy::cast_precision_loss)]
    fn count(&self) -> f64 {
        self.waits.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_waits() {
        let waits = (1..=101).rev().map(Duration::from_millis).collect();
        let sample = Sample { waits, ..Sample::default() };
        assert!((sample.percentile(0.5) - 51.0).abs() < 0.001);
        assert!((sample.percentile(0.99) - 100.0).abs() < 0.001);
    }

    #[test]
    fn a_rate_per_core_counts_the_servers_time_alone() {
        let waits = vec![Duration::from_millis(1); 100];
        let sample =
            Sample { waits, lasted: Duration::from_secs(10), processor: Duration::from_secs(2), ..Sample::default() };
        assert!((sample.rate() - 10.0).abs() < 0.001);
        assert!((sample.rate_per_core() - 50.0).abs() < 0.001);
    }
}
