//! Which tests run, as a command line chooses them.

use anyhow::{Context, Result, bail};

use super::part::Part;
use crate::tools::engines::Engine;

/// The steps to run; arguments for a runner only where there is one part whose they can be.
#[derive(Debug, PartialEq, Eq)]
pub struct Selection {
    pub steps: Vec<Step>,
    /// A browser that was asked for by its name must be there.
    pub names_browser: bool,
    pub runner_arguments: Vec<String>,
}

/// A part, in one engine if it runs in each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub part: Part,
    pub engine: Option<Engine>,
}

impl Selection {
    pub fn parse(words: &[String]) -> Result<Self> {
        let (names, runner_arguments) = match words.iter().position(|word| word == "--") {
            Some(divider) => (&words[..divider], &words[divider + 1..]),
            None => (words, [].as_slice()),
        };
        let (mut parts, mut engine) = (Vec::new(), None);
        let mut names = names.iter();
        while let Some(name) = names.next() {
            if name == "--browser" {
                engine = Some(Engine::named(names.next().context("--browser needs a name")?)?);
            } else {
                parts.push(Part::named(name)?);
            }
        }
        if engine.is_some() && !parts.iter().any(|part| part.has_browser()) {
            bail!("--browser chooses the engine of wasm and e2e: name one of them");
        }
        if !runner_arguments.is_empty() && !matches!(parts[..], [part] if part.has_runner()) {
            bail!("arguments after `--` go to one runner: name one part of host, wasm, python, contract, e2e, cluster");
        }
        let engines = |part: Part| match engine {
            Some(engine) if part.has_browser() => vec![engine],
            // Whoever chooses a few tests is at work on them, and chooses the engine too.
            None if part.has_browser() && !runner_arguments.is_empty() => vec![Engine::Chromium],
            None if parts.is_empty() => part.engines_of_a_whole_run().to_vec(),
            _ => part.engines().to_vec(),
        };
        let all = if parts.is_empty() { Part::ALL.to_vec() } else { parts.clone() };
        let steps = all.into_iter().flat_map(|part| Step::of(part, engines(part))).collect();
        Ok(Self { steps, names_browser: engine.is_some(), runner_arguments: runner_arguments.to_vec() })
    }
}

impl Step {
    fn of(part: Part, engines: Vec<Engine>) -> Vec<Self> {
        match engines[..] {
            [] => vec![Self { part, engine: None }],
            _ => engines.into_iter().map(|engine| Self { part, engine: Some(engine) }).collect(),
        }
    }

    /// The words after `cargo xtask test` that run it alone.
    pub fn arguments(self) -> String {
        match self.engine {
            Some(engine) => format!("{} --browser {}", self.part.name(), engine.name()),
            None => self.part.name().to_owned(),
        }
    }

    pub fn name(self) -> String {
        match self.engine {
            Some(engine) => format!("{} {}", self.part.name(), engine.name()),
            None => self.part.name().to_owned(),
        }
    }
}
