//! Using the app by keyboard alone.

use std::time::Duration;

use anyhow::{Result, bail};
use thirtyfour::{Key, TypingData};

use super::{TIMEOUT, Tab};
use crate::browser::Engine;
use crate::wait::eventually;

/// No page has more Tab stops before what a test looks for.
const MAX_TAB_STOPS: usize = 60;

/// How long Firefox may take to move the focus.
const FOCUS_TIMEOUT: Duration = Duration::from_secs(2);

/// The accessible name of the focused element.
const FOCUSED_NAME: &str = "const element = document.activeElement;
    return (element.labels?.[0]?.innerText || element.getAttribute('aria-label') || element.innerText || '').trim()";

impl Tab {
    /// Types keys into what has the focus.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Result<()> {
        Ok(self.driver().await?.action_chain().send_keys(keys.into()).perform().await?)
    }

    /// Presses Enter.
    pub async fn press_enter(&self) -> Result<()> {
        self.keys(Key::Enter).await
    }

    /// Presses Tab until the element with this accessible name has the focus.
    pub async fn tab_to(&self, name: &str) -> Result<()> {
        let mut passed = Vec::new();
        for _ in 0..MAX_TAB_STOPS {
            self.press_tab().await?;
            let focused = self.focused_name().await?;
            if focused == name {
                return Ok(());
            }
            passed.push(focused);
        }
        bail!("Tab does not reach {name:?}, but {passed:?}")
    }

    /// Presses Tab. Firefox handles the key in another process than the page's scripts, so the focus moves later.
    pub async fn press_tab(&self) -> Result<()> {
        if self.browser.engine() != Engine::Firefox {
            return self.keys(Key::Tab).await;
        }
        self.script::<()>("window.lastStop = document.activeElement").await?;
        self.keys(Key::Tab).await?;
        let has_moved = "return document.activeElement !== window.lastStop";
        // A page with a single stop keeps the focus where it is.
        let _ = self.becomes_true("Tab moves the focus", FOCUS_TIMEOUT, has_moved).await;
        Ok(())
    }

    /// Reaches a field by Tab, which selects its content, and types over it.
    pub async fn type_into(&self, label: &str, text: &str) -> Result<()> {
        self.tab_to(label).await?;
        self.keys(text).await
    }

    /// Types over the content of the focused field.
    pub async fn retype(&self, text: &str) -> Result<()> {
        let chain = self.driver().await?.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control);
        Ok(chain.send_keys(text).perform().await?)
    }

    /// Types a password and submits it by Enter.
    pub async fn type_password(&self, password: &str) -> Result<()> {
        self.type_into("Password", password).await?;
        self.press_enter().await
    }

    /// Reaches a button or a link by Tab, and presses Enter.
    pub async fn activate(&self, name: &str) -> Result<()> {
        self.tab_to(name).await?;
        self.press_enter().await
    }

    /// Waits until the element with this accessible name has the focus.
    pub async fn has_focus_on(&self, name: &str) -> Result<()> {
        let has_focus = eventually(&format!("the focus is on {name:?}"), TIMEOUT, async || {
            Ok((self.focused_name().await? == name).then_some(()))
        })
        .await;
        match has_focus {
            Ok(()) => Ok(()),
            Err(error) => {
                let focused: String = self.script("return document.activeElement.outerHTML.slice(0, 200)").await?;
                Err(error.context(format!("it is on {focused}")))
            }
        }
    }

    /// The accessible name of the focused element.
    pub async fn focused_name(&self) -> Result<String> {
        self.script(FOCUSED_NAME).await
    }
}
