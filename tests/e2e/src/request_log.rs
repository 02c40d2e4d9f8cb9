//! What the backend was asked, as the backend tells it.

use std::time::Duration;

use serde::Deserialize;

/// One request to the backend.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Request {
    /// Its method.
    pub method: String,
    /// Its path, without the query.
    pub path: String,
    /// What its `Referer` says.
    pub referer: Option<String>,
    /// When it arrived, in seconds since 1970 on the server's clock.
    pub time: f64,
    /// What the server answered, even where nobody got the answer; none before that, and where the server never acted.
    pub status: Option<u16>,
}

/// The requests in their order.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct RequestLog(Vec<Request>);

impl RequestLog {
    /// Those of one path.
    #[must_use]
    pub fn of(&self, path: &str) -> Self {
        self.filtered(|request| request.path == path)
    }

    /// Those that were answered with this status.
    #[must_use]
    pub fn with_status(&self, status: u16) -> Self {
        self.filtered(|request| request.status == Some(status))
    }

    /// Those that came after the first so many.
    #[must_use]
    pub fn after(&self, count: usize) -> Self {
        Self(self.0.iter().skip(count).cloned().collect())
    }

    /// The pages that sent them, as far as they say so.
    #[must_use]
    pub fn referers(&self) -> Vec<&str> {
        self.0.iter().filter_map(|request| request.referer.as_deref()).collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first one.
    #[must_use]
    pub fn first(&self) -> Option<&Request> {
        self.0.first()
    }

    /// The last one.
    #[must_use]
    pub fn last(&self) -> Option<&Request> {
        self.0.last()
    }

    /// The times between the requests' arrivals.
    #[must_use]
    pub fn gaps(&self) -> Vec<Duration> {
        let gap = |pair: &[Request]| Duration::try_from_secs_f64(pair[1].time - pair[0].time).unwrap_or_default();
        self.0.windows(2).map(gap).collect()
    }

    /// The most requests that arrived within any span of this length.
    #[must_use]
    pub fn most_within(&self, span: Duration) -> usize {
        let starting_at = |start: usize| {
            let end = self.0[start].time + span.as_secs_f64();
            self.0[start..].iter().take_while(|request| request.time < end).count()
        };
        (0..self.0.len()).map(starting_at).max().unwrap_or_default()
    }

    fn filtered(&self, keep: impl Fn(&Request) -> bool) -> Self {
        Self(self.0.iter().filter(|request| keep(request)).cloned().collect())
    }
}
