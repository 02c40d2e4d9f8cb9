//! The network between the machine and the server, and what stands before the server.

use yew_auth_session::Degradation;

use super::clock::SECOND;
use super::random::Random;

/// How the network is at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkQuality {
    /// The longest a message takes one way, in milliseconds.
    pub slowest: u64,
    /// How many messages of a hundred are lost, each way.
    pub loss: u64,
}

impl NetworkQuality {
    pub const FAIR: Self = Self { slowest: 800, loss: 0 };
}

/// What becomes of a message one way.
#[derive(Clone, Copy, Debug)]
pub enum Delivery {
    /// It arrives after this many milliseconds.
    Arrives(u64),
    /// It is lost, and the sender gets an error after this many milliseconds.
    Breaks(u64),
    /// It is lost, and nobody is told.
    Vanishes,
}

impl NetworkQuality {
    pub fn delivery(self, random: &mut Random) -> Delivery {
        if random.chance(self.loss) {
            if random.chance(50) { Delivery::Breaks(random.between(0, 20 * SECOND)) } else { Delivery::Vanishes }
        } else {
            // Most are quick even on a bad day.
            let slowest = if random.chance(50) { self.slowest } else { self.slowest / 10 };
            Delivery::Arrives(random.between(0, slowest))
        }
    }
}

/// What the server, or something before it, does instead of its job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A 5xx, a gateway's 403, HTML, or truncated JSON.
    BadAnswer {
        /// The server has done its job all the same: only its answer is spoiled.
        acts: bool,
    },
    /// 429, with the seconds of `Retry-After`.
    RateLimited { retry_after: u64 },
}

impl Fault {
    pub const fn cause(self) -> Degradation {
        match self {
            Self::BadAnswer { .. } => Degradation::BadAnswer,
            Self::RateLimited { .. } => Degradation::RateLimited,
        }
    }
}
