//! The requests that nginx has answered, as its log tells.

use std::time::Duration;

use anyhow::{Context, Result};

/// A request of a browser, with the hosts that nginx has asked for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// When it was over, in seconds since the Unix epoch.
    pub time: f64,
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The status that the browser got.
    pub status: u16,
    /// The addresses of the hosts that were asked, one after the other.
    pub hosts: Vec<String>,
}

/// Requests in the order in which they were over.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RequestLog(Vec<Request>);

impl RequestLog {
    /// Reads nginx's log.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        // The last line may not be complete yet.
        let lines = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        lines
            .map(|line| parse_line(line).with_context(|| format!("no line of the log: {line:?}")))
            .collect::<Result<_>>()
            .map(Self)
    }

    /// The requests of one path.
    #[must_use]
    pub fn of(&self, path: &str) -> Self {
        self.filtered(|request| request.path == path)
    }

    /// The requests whose answer has this status.
    #[must_use]
    pub fn with_status(&self, status: u16) -> Self {
        self.filtered(|request| request.status == status)
    }

    /// The requests that were refused or failed: those with a status of 400 and above.
    #[must_use]
    pub fn failed(&self) -> Self {
        self.filtered(|request| request.status >= 400)
    }

    /// The requests for which more than one host was asked.
    #[must_use]
    pub fn sent_again(&self) -> Self {
        self.filtered(|request| request.hosts.len() > 1)
    }

    /// The requests that one host has answered.
    #[must_use]
    pub fn answered_by(&self, host: &str) -> Self {
        self.filtered(|request| request.hosts.last().is_some_and(|last| last == host))
    }

    /// The requests after the first `count`.
    #[must_use]
    pub fn after(&self, count: usize) -> Self {
        Self(self.0.iter().skip(count).cloned().collect())
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

    /// The least time between two of them.
    #[must_use]
    pub fn closest(&self) -> Option<Duration> {
        let gap = |pair: &[Request]| Duration::try_from_secs_f64(pair[1].time - pair[0].time).unwrap_or_default();
        self.0.windows(2).map(gap).min()
    }

    fn filtered(&self, keep: impl Fn(&Request) -> bool) -> Self {
        Self(self.0.iter().filter(|request| keep(request)).cloned().collect())
    }
}

fn parse_line(line: &str) -> Option<Request> {
    let mut fields = line.split('\t');
    let time = fields.next()?.parse().ok()?;
    let (method, path) = (fields.next()?.to_owned(), fields.next()?.to_owned());
    let status = fields.next()?.parse().ok()?;
    // `-`: none was asked.
    let hosts = fields.next()?.split(", ").filter(|host| *host != "-").map(str::to_owned).collect();
    Some(Request { time, method, path, status, hosts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_which_hosts_were_asked() {
        let text = "17.5\tPOST\t/a/\t200\t127.0.0.1:1, 127.0.0.1:2\t502, 200\n18.0\tGET\t/b\t404\t-\t-\n19";
        let log = RequestLog::parse(text).expect("two lines");
        assert_eq!(log.len(), 2);
        assert_eq!(log.sent_again().len(), 1);
        assert_eq!(log.of("/a/").answered_by("127.0.0.1:2").with_status(200).len(), 1);
        assert_eq!(log.closest(), Some(Duration::from_millis(500)));
    }

    #[test]
    fn what_is_no_line_of_the_log_is_an_error() {
        assert!(RequestLog::parse("127.0.0.1 - - [now]\n").is_err());
    }
}
