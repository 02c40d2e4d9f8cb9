//! The parts of all tests.

use anyhow::{Context, Result};

use crate::tools::engines::Engine;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Lint,
    Host,
    Simulation,
    Wasm,
    Python,
    Package,
    Size,
    Reproducible,
    Contract,
    E2e,
    Cluster,
}

impl Part {
    pub const ALL: [Self; 11] = [
        Self::Lint,
        Self::Host,
        Self::Simulation,
        Self::Wasm,
        Self::Python,
        Self::Package,
        Self::Size,
        Self::Reproducible,
        Self::Contract,
        Self::E2e,
        Self::Cluster,
    ];

    pub fn named(name: &str) -> Result<Self> {
        let part = Self::ALL.into_iter().find(|part| part.name() == name);
        part.with_context(|| format!("there is no part `{name}`: name any of {}", Self::ALL.map(Self::name).join(", ")))
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Host => "host",
            Self::Simulation => "simulation",
            Self::Wasm => "wasm",
            Self::Python => "python",
            Self::Package => "package",
            Self::Size => "size",
            Self::Reproducible => "reproducible",
            Self::Contract => "contract",
            Self::E2e => "e2e",
            Self::Cluster => "cluster",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Lint => "formatting and lints",
            Self::Host => "Rust tests on this machine, a short simulation of the session among them",
            Self::Simulation => "the session in many simulated hours, and in every interleaving of two tabs",
            Self::Wasm => "the library's tests in a browser",
            Self::Python => "the backend's own tests, on SQLite and on PostgreSQL with Redis",
            Self::Package => "the crates as others get them: packed, and in an app outside the workspace",
            Self::Size => "the release against its budget",
            Self::Reproducible => "the release once more, in another folder, byte by byte",
            Self::Contract => "apps in a real browser, with backends as their authors publish them",
            Self::E2e => "the built app in a real browser, with the real backend and provider",
            Self::Cluster => "a whole deployment, over https in a real browser, whose parts go away",
        }
    }

    /// Whether it takes arguments of its own.
    pub fn has_runner(self) -> bool {
        matches!(self, Self::Host | Self::Wasm | Self::Python | Self::Contract | Self::E2e | Self::Cluster)
    }

    /// Whether it runs in each browser engine.
    pub fn has_browser(self) -> bool {
        matches!(self, Self::Wasm | Self::E2e)
    }

    /// The engines that it runs in when it is named.
    pub fn engines(self) -> &'static [Engine] {
        if self.has_browser() { &Engine::ALL } else { &[] }
    }

    /// Those that it runs in when everything runs. The others take longer than everything else together.
    pub fn engines_of_a_whole_run(self) -> &'static [Engine] {
        match self {
            Self::Wasm => &[Engine::Chromium, Engine::Firefox],
            Self::E2e => &[Engine::Chromium],
            _ => &[],
        }
    }
}
