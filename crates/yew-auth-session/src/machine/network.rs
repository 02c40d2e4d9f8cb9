//! Whether the network can be reached. The browser's word is a hint: a probe proves it.

use std::time::Duration;

use super::SessionMachine;
use crate::event::{Effect, Ticket};
use crate::state::Degradation;
use crate::time::Now;

/// What this tab knows of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Network {
    /// Requests are sent. Those that fail speak for themselves.
    Online,
    /// The browser says that there is no network (`navigator.onLine`), which is wrong behind some virtual private networks
    /// and in some virtual machines. Requests wait until a probe has shown whether that is true.
    Doubted,
    /// A probe has failed, too. Until the next one nothing is sent.
    Offline {
        /// When to probe again, on the monotonic clock.
        probe_at: Duration,
    },
}

impl Network {
    pub(super) const fn is_online(self) -> bool {
        matches!(self, Self::Online)
    }
}

impl SessionMachine {
    /// Whether requests may be sent as far as anybody knows: an answer is worth waiting for.
    pub(super) fn may_be_online(&self) -> bool {
        !matches!(self.network, Network::Offline { .. })
    }

    pub(super) fn set_online(&mut self, online: bool, now: Now) {
        match (online, self.network) {
            (true, _) => self.come_online(now),
            (false, Network::Online) => self.network = Network::Doubted,
            (false, Network::Doubted | Network::Offline { .. }) => {}
        }
    }

    fn come_online(&mut self, now: Now) {
        if !self.network.is_online() {
            self.conditions_have_improved(now);
        }
        self.network = Network::Online;
    }

    /// A request of this machine has failed, and the browser says that there is no network: both agree.
    pub(super) fn note_failure(&mut self, cause: Degradation, now: Now) {
        if cause == Degradation::Offline {
            self.go_offline(now);
        }
    }

    fn go_offline(&mut self, now: Now) {
        let pause = self.policy.retry_spacing + self.jitter.up_to(self.policy.retry_jitter);
        self.network = Network::Offline { probe_at: now.monotonic + pause };
    }

    /// Somebody looks at the page again, which is worth a probe.
    pub(super) fn hasten_probe(&mut self) {
        if let Network::Offline { probe_at } = &mut self.network {
            *probe_at = Duration::ZERO;
        }
    }

    pub(super) fn advance_network(&mut self, now: Now) {
        if self.probe.is_none() && self.next_probe().is_some_and(|at| at <= now.monotonic) {
            let ticket = self.next_ticket();
            self.probe = Some(ticket);
            self.effects.push_back(Effect::ProbeNetwork(ticket));
        }
    }

    /// When to probe next, on the monotonic clock.
    pub(super) fn next_probe(&self) -> Option<Duration> {
        match self.network {
            _ if self.probe.is_some() => None,
            Network::Online => None,
            Network::Doubted => Some(Duration::ZERO),
            Network::Offline { probe_at } => Some(probe_at),
        }
    }

    pub(super) fn probe_finished(&mut self, ticket: Ticket, reached: bool, now: Now) {
        if self.probe.take_if(|probe| *probe == ticket).is_none() || self.network.is_online() {
            return;
        }
        if reached {
            self.come_online(now);
        } else {
            self.go_offline(now);
        }
    }
}
