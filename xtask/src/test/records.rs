//! The last whole run of each suite in each engine, kept below `target/`: the engines run one after the other, and each
//! of them alone if somebody wants to.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::coverage::{Coverage, Suite};
use crate::tools::engines::Engine;

/// The records in one folder.
pub struct Records(PathBuf);

impl Records {
    /// Those below `target`.
    pub fn below(target: &Path) -> Self {
        Self(target.join("browsers"))
    }

    /// Records a whole run that has passed, and forgets those of other engines that had other tests.
    pub fn keep(&self, run: &Coverage) -> Result<()> {
        for engine in Engine::ALL {
            if self.find(run.suite, engine)?.is_some_and(|other| other.tests != run.tests) {
                self.forget(run.suite, engine)?;
            }
        }
        fs::create_dir_all(&self.0)?;
        Ok(fs::write(self.file(run.suite, run.engine), toml::to_string(run)?)?)
    }

    /// Forgets a run, because another begins.
    pub fn forget(&self, suite: Suite, engine: Engine) -> Result<()> {
        match fs::remove_file(self.file(suite, engine)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The last whole run, if it has passed.
    pub fn find(&self, suite: Suite, engine: Engine) -> Result<Option<Coverage>> {
        let file = self.file(suite, engine);
        match fs::read_to_string(&file) {
            Ok(text) => toml::from_str(&text).map(Some).with_context(|| format!("{} is no record", file.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn file(&self, suite: Suite, engine: Engine) -> PathBuf {
        self.0.join(format!("{}-{}.toml", suite.part().name(), engine.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::coverage::{Extent, Skip};
    use super::*;
    use crate::scratch::Scratch;

    fn run(engine: Engine, tests: &[&str]) -> Coverage {
        let skip = Skip { test: "a::one".to_owned(), extent: Extent::Part, reason: "no window".to_owned() };
        let tests = tests.iter().map(|test| (*test).to_owned()).collect();
        Coverage { suite: Suite::App, engine, version: Some("1.2".to_owned()), tests, skips: [skip].into() }
    }

    #[test]
    fn a_run_is_found_until_another_begins() -> Result<()> {
        let folder = Scratch::new("records");
        let records = Records::below(folder.folder());
        let webkit = run(Engine::WebKit, &["a::one"]);
        records.keep(&webkit)?;
        assert_eq!(records.find(Suite::App, Engine::WebKit)?, Some(webkit));
        assert_eq!(records.find(Suite::Library, Engine::WebKit)?, None);
        records.forget(Suite::App, Engine::WebKit)?;
        assert_eq!(records.find(Suite::App, Engine::WebKit)?, None);
        records.forget(Suite::App, Engine::WebKit)
    }

    #[test]
    fn a_run_of_other_tests_is_forgotten() -> Result<()> {
        let folder = Scratch::new("records-of-other-tests");
        let records = Records::below(folder.folder());
        records.keep(&run(Engine::WebKit, &["a::one"]))?;
        records.keep(&run(Engine::Firefox, &["a::one", "a::two"]))?;
        records.keep(&run(Engine::Chromium, &["a::one", "a::two"]))?;
        assert_eq!(records.find(Suite::App, Engine::WebKit)?, None);
        assert!(records.find(Suite::App, Engine::Firefox)?.is_some());
        Ok(())
    }
}
