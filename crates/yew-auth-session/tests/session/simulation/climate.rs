//! How much of each trouble an hour may bring.

use super::server::Renewal;

/// The least and the most of something.
pub type Count = (u64, u64);

/// From what a plan is drawn. Counts of tab troubles are for each tab.
#[derive(Clone, Debug)]
pub struct Climate {
    pub name: &'static str,
    pub tabs: Count,
    /// How many seeds of a hundred keep the tokens in cookies with fixed names.
    pub fixed_cookies: u64,
    /// How many seeds of a hundred keep the tokens in cookies that are named after their session.
    pub session_cookies: u64,
    /// What the backend does when a session is to be renewed: one of these.
    pub renewals: &'static [Renewal],
    pub bad_network: Count,
    pub faults: Count,
    pub offline: Count,
    /// How often the browser says that it is offline, and is not.
    pub false_alarms: Count,
    pub sleeps: Count,
    pub jumps: Count,
    pub freezes: Count,
    pub hidings: Count,
    pub reloads: Count,
    pub crashes: Count,
    pub sign_outs: Count,
    pub refresh_requests: Count,
    /// How many seeds of a hundred have the browser lose a session's cookies.
    pub lost_cookies: u64,
    /// How many seeds of a hundred have a user disabled.
    pub disabled: u64,
    /// How many refreshes of a hundred are met with something nasty.
    pub disruption: u64,
}

impl Climate {
    /// A bit of everything, with the project's own backend, over cookies or bearer tokens.
    pub const MIXED: Self = Self {
        name: "the project's own backend",
        tabs: (1, 6),
        fixed_cookies: 0,
        session_cookies: 50,
        renewals: &[Renewal::Rotates],
        bad_network: (0, 4),
        faults: (0, 3),
        offline: (0, 2),
        false_alarms: (0, 2),
        sleeps: (0, 2),
        jumps: (0, 2),
        freezes: (0, 2),
        hidings: (0, 2),
        reloads: (0, 2),
        crashes: (0, 1),
        sign_outs: (0, 2),
        refresh_requests: (0, 3),
        lost_cookies: 4,
        disabled: 3,
        disruption: 4,
    };

    /// The same with a stock backend, whose cookies have fixed names.
    pub const FIXED_COOKIES: Self = Self {
        name: "a stock backend with fixed cookies",
        fixed_cookies: 100,
        session_cookies: 0,
        lost_cookies: 0,
        ..Self::MIXED
    };

    /// Stock backends that keep their refresh tokens, or have none.
    pub const WITHOUT_ROTATION: Self = Self {
        name: "stock backends without rotation or without refresh",
        fixed_cookies: 40,
        renewals: &[Renewal::Keeps, Renewal::Never { says_when: false }, Renewal::Never { says_when: true }],
        ..Self::FIXED_COOKIES
    };
}
