//! WebDriver commands that thirtyfour has no method for.

use std::sync::Arc;

use anyhow::Result;
use reqwest::Method;
use serde_json::Value;
use thirtyfour::By;
use thirtyfour::common::command::{Command, ExtensionCommand};

use super::Tab;

/// A command of the session: POST with a body, GET without.
#[derive(Debug)]
struct SessionCommand {
    endpoint: Arc<str>,
    body: Option<Value>,
}

impl ExtensionCommand for SessionCommand {
    fn parameters_json(&self) -> Option<Value> {
        self.body.clone()
    }

    fn method(&self) -> Method {
        if self.body.is_some() { Method::POST } else { Method::GET }
    }

    fn endpoint(&self) -> Arc<str> {
        Arc::clone(&self.endpoint)
    }
}

impl Tab {
    /// The accessible names of the elements that match a CSS selector and that a screen reader takes for headings.
    pub async fn accessible_headings(&self, selector: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for element in self.driver().await?.find_all(By::Css(selector)).await? {
            let id = element.element_id();
            if self.send(&format!("/element/{id}/computedrole"), None).await? == "heading" {
                let name = self.send(&format!("/element/{id}/computedlabel"), None).await?;
                names.push(name.as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(names)
    }

    /// Sends a command to the endpoint of the session.
    pub(crate) async fn send(&self, endpoint: &str, body: Option<Value>) -> Result<Value> {
        let command = SessionCommand { endpoint: endpoint.into(), body };
        Ok(self.driver().await?.cmd(Command::ExtensionCommand(Box::new(command))).await?.value()?)
    }
}
