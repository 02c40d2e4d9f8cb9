//! What axe-core finds on a page.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use crate::tab::Tab;

/// One rule that the page breaks.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

/// Of the rules that are of WCAG 2.2, axe-core leaves the size of targets out unless it is asked.
const RUN: &str = "axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, any }) =>
        html + ' ' + any.map(({ message }) => message).join('; ')) })))";

impl Tab {
    /// Fails where axe-core finds anything on the page as it is now; `state` says which that is.
    pub async fn audit(&self, state: &str) -> Result<()> {
        let parameters = json!({ "expression": RUN, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.cdp("Runtime.evaluate", parameters).await?;
        let violations: Vec<Violation> = serde_json::from_value(answer["result"]["value"].take())
            .with_context(|| format!("axe-core did not run: {answer}"))?;
        let told: Vec<_> =
            violations.iter().map(|v| format!("{}: {}\n  {}", v.id, v.help, v.nodes.join("\n  "))).collect();
        ensure!(violations.is_empty(), "{state}:\n{}", told.join("\n"));
        Ok(())
    }

    /// Shows the page as to somebody who prefers the dark, or the light, and no motion: a colour on its way from the
    /// one to the other is neither.
    pub async fn prefer_scheme(&self, scheme: &str) -> Result<()> {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }
}
