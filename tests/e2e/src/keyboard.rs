//! The app by the keyboard alone.

use std::time::Duration;

use anyhow::{Result, bail};
use thirtyfour::{Key, TypingData};

use crate::tab::Tab;
use crate::wait::eventually;

/// How long a page may take to move the focus.
const PATIENCE: Duration = Duration::from_secs(20);

/// No page has as many stops before what a test looks for.
const FARTHEST: usize = 60;

/// What a screen reader calls the element that has the focus.
const FOCUSED: &str = "const element = document.activeElement;
    return (element.labels?.[0]?.innerText || element.getAttribute('aria-label') || element.innerText || '').trim()";

impl Tab {
    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Result<()> {
        Ok(self.driver().await?.action_chain().send_keys(keys.into()).perform().await?)
    }

    /// Presses Enter where the focus is.
    pub async fn enter(&self) -> Result<()> {
        self.keys(Key::Enter).await
    }

    /// Presses Tab until what is called `name` has the focus.
    pub async fn tab_to(&self, name: &str) -> Result<()> {
        let mut passed = Vec::new();
        for _ in 0..FARTHEST {
            self.keys(Key::Tab).await?;
            let focused = self.focused().await?;
            if focused == name {
                return Ok(());
            }
            passed.push(focused);
        }
        bail!("Tab does not lead to {name:?}, but to {passed:?}")
    }

    /// Goes to a field by Tab, which selects what is in it, and types in its place.
    pub async fn type_into(&self, label: &str, text: &str) -> Result<()> {
        self.tab_to(label).await?;
        self.keys(text).await
    }

    /// Types in place of what stands in the field that has the focus.
    pub async fn retype(&self, text: &str) -> Result<()> {
        let chain = self.driver().await?.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control);
        Ok(chain.send_keys(text).perform().await?)
    }

    /// What stands in the field with this id.
    pub async fn value(&self, id: &str) -> Result<String> {
        self.script(&format!("return document.getElementById('{id}').value")).await
    }

    /// Goes to a button or a link by Tab, and presses Enter.
    pub async fn enter_on(&self, name: &str) -> Result<()> {
        self.tab_to(name).await?;
        self.enter().await
    }

    /// Waits until what is called `name` has the focus.
    pub async fn has_focus_on(&self, name: &str) -> Result<()> {
        eventually(&format!("the focus is on {name:?}"), PATIENCE, async || {
            Ok((self.focused().await? == name).then_some(()))
        })
        .await
    }

    /// What a screen reader calls what has the focus.
    pub async fn focused(&self) -> Result<String> {
        self.script(FOCUSED).await
    }
}
