//! What the harness changes of the app's page: see backend/tests/e2e/page.py.

use std::path::Path;
use std::{fs, io};

use anyhow::Result;

use super::Servers;

const ERRORS: &str = "/__e2e__/errors/";
const POLICY: &str = "/__e2e__/policy/";

/// Writes the script that each page of the app runs before its own, and returns where it is.
pub(crate) fn write_script(folder: &Path, script: &str) -> io::Result<std::path::PathBuf> {
    let path = folder.join("first.js");
    fs::write(&path, script)?;
    Ok(path)
}

impl Servers {
    /// Turns the content security policy off, for the pages that are loaded from now on.
    pub async fn turn_policy_off(&self) -> Result<()> {
        self.api.put_text(POLICY, "off").await
    }

    /// The errors that pages have reported when they were left.
    pub(crate) async fn page_errors(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.api.get(ERRORS).await?)?)
    }
}
