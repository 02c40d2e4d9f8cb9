//! How much of each trouble an hour may bring.

/// The least and the most of something.
pub type Count = (u64, u64);

/// From what a plan is drawn. Counts of tab troubles are for each tab.
#[derive(Clone, Debug)]
pub struct Climate {
    pub tabs: Count,
    /// How many seeds of a hundred keep the tokens in cookies.
    pub cookies: u64,
    pub bad_network: Count,
    pub faults: Count,
    pub offline: Count,
    pub sleeps: Count,
    pub jumps: Count,
    pub freezes: Count,
    pub hidings: Count,
    pub reloads: Count,
    pub crashes: Count,
    pub sign_outs: Count,
    pub refresh_requests: Count,
    /// How many seeds of a hundred have a user disabled.
    pub disabled: u64,
    /// How many refreshes of a hundred are met with something nasty.
    pub disruption: u64,
}

impl Climate {
    /// A bit of everything.
    pub const MIXED: Self = Self {
        tabs: (1, 6),
        cookies: 30,
        bad_network: (0, 4),
        faults: (0, 3),
        offline: (0, 2),
        sleeps: (0, 2),
        jumps: (0, 2),
        freezes: (0, 2),
        hidings: (0, 2),
        reloads: (0, 2),
        crashes: (0, 1),
        sign_outs: (0, 2),
        refresh_requests: (0, 3),
        disabled: 3,
        disruption: 4,
    };
}
