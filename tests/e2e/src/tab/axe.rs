//! Accessibility checks by axe-core.

use anyhow::{Result, ensure};
use serde::Deserialize;

use super::Tab;

/// A rule that the page breaks.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

/// axe-core checks the size of targets, a rule of WCAG 2.2, only if asked.
const RUN: &str =
    "return axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
    .then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, any }) =>
        html + ' ' + any.map(({ message }) => message).join('; ')) })))";

impl Tab {
    /// Fails if axe-core finds anything on the page as it is now. `state` names the page in the error.
    pub async fn audit(&self, state: &str) -> Result<()> {
        let violations: Vec<Violation> = self.script(RUN).await?;
        let lines = violations.iter().map(|v| format!("{}: {}\n  {}", v.id, v.help, v.nodes.join("\n  ")));
        ensure!(violations.is_empty(), "{state}:\n{}", lines.collect::<Vec<_>>().join("\n"));
        Ok(())
    }
}
