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
const DEFAULT: &str = "{ rules: { 'target-size': { enabled: true } } }";

/// A contrast of 7, WCAG 1.4.6.
const ENHANCED_CONTRAST: &str = "{ runOnly: ['color-contrast-enhanced'] }";

const RUN: &str = "
    return axe.run(document, { resultTypes: ['violations'], ...options }).then(({ violations }) =>
        violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, any }) =>
            html + ' ' + any.map(({ message }) => message).join('; ')) })))";

impl Tab {
    /// Fails if axe-core finds anything on the page as it is now. `state` names the page in the error.
    pub async fn audit(&self, state: &str) -> Result<()> {
        self.run_axe(DEFAULT, state).await
    }

    /// Fails if text on the page has a contrast below 7.
    pub async fn audit_enhanced_contrast(&self, state: &str) -> Result<()> {
        self.run_axe(ENHANCED_CONTRAST, state).await
    }

    async fn run_axe(&self, options: &str, state: &str) -> Result<()> {
        let violations: Vec<Violation> = self.script(&format!("const options = {options};{RUN}")).await?;
        let lines = violations.iter().map(|v| format!("{}: {}\n  {}", v.id, v.help, v.nodes.join("\n  ")));
        ensure!(violations.is_empty(), "{state}:\n{}", lines.collect::<Vec<_>>().join("\n"));
        Ok(())
    }
}
