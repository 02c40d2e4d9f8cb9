//! The requests that the backend has received, as the backend reports them.

use std::time::Duration;

use serde::Deserialize;

/// A request to the backend.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The `Referer` header.
    pub referer: Option<String>,
    /// When it arrived, in seconds since the Unix epoch on the server's clock.
    pub time: f64,
    /// The status that the server answered, even if the response was lost. `None` until the server answers, and where it
    /// never acted.
    pub status: Option<u16>,
}

/// Requests in the order of their arrival.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct RequestLog(Vec<Request>);

impl RequestLog {
    /// The requests of one path.
    #[must_use]
    pub fn of(&self, path: &str) -> Self {
        self.filtered(|request| request.path == path)
    }

    /// The requests that were answered with this status.
    #[must_use]
    pub fn with_status(&self, status: u16) -> Self {
        self.filtered(|request| request.status == Some(status))
    }

    /// The requests after the first `count`.
    #[must_use]
    pub fn after(&self, count: usize) -> Self {
        Self(self.0.iter().skip(count).cloned().collect())
    }

    /// The `Referer` headers.
    #[must_use]
    pub fn referers(&self) -> Vec<&str> {
        self.0.iter().filter_map(|request| request.referer.as_deref()).collect()
    }

    /// The requests one by one.
    pub fn iter(&self) -> impl Iterator<Item = &Request> {
        self.0.iter()
    }

    /// The number of requests.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no requests.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first request.
    #[must_use]
    pub fn first(&self) -> Option<&Request> {
        self.0.first()
    }

    /// The last request.
    #[must_use]
    pub fn last(&self) -> Option<&Request> {
        self.0.last()
    }

    /// The times between consecutive arrivals.
    #[must_use]
    pub fn gaps(&self) -> Vec<Duration> {
        let gap = |pair: &[Request]| Duration::try_from_secs_f64(pair[1].time - pair[0].time).unwrap_or_default();
        self.0.windows(2).map(gap).collect()
    }

    /// The largest number of requests within any `span`.
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
