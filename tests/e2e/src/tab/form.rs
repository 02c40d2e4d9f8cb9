//! Buttons, links and form fields.

use anyhow::{Context, Result};
use thirtyfour::{By, WebElement};

use super::Tab;

impl Tab {
    /// Clicks the button with this name.
    pub async fn press(&self, name: &str) -> Result<()> {
        let button = By::XPath(format!("//button[normalize-space()='{name}']"));
        Ok(self.displayed(button, &format!("button {name:?}")).await?.click().await?)
    }

    /// Clicks the link with this name.
    pub async fn follow(&self, name: &str) -> Result<()> {
        let link = By::XPath(format!("//a[normalize-space()='{name}']"));
        Ok(self.displayed(link, &format!("link {name:?}")).await?.click().await?)
    }

    /// Replaces the content of the field with this label.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.field(label).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Chooses an option of the list with this label.
    pub async fn choose(&self, label: &str, option: &str) -> Result<()> {
        let option = By::XPath(format!("./option[normalize-space()='{option}']"));
        Ok(self.field(label).await?.find(option).await?.click().await?)
    }

    async fn field(&self, label: &str) -> Result<WebElement> {
        let label_of_field = By::XPath(format!("//label[normalize-space()='{label}']"));
        let label_of_field = self.displayed(label_of_field, &format!("label {label:?}")).await?;
        let id = label_of_field.attr("for").await?.with_context(|| format!("the label {label:?} has no field"))?;
        self.displayed(By::Id(id), &format!("field {label:?}")).await
    }

    /// The content of the field with this id.
    pub async fn field_value(&self, id: &str) -> Result<String> {
        self.script(&format!("return document.getElementById('{id}').value")).await
    }

    /// Fills in the sign-in form and submits it.
    pub async fn submit_password(&self, name: &str, password: &str) -> Result<()> {
        self.fill("Username or email", name).await?;
        self.fill("Password", password).await?;
        self.press("Sign in").await
    }

    /// Fills in the sign-in form for the demo account and submits it.
    pub async fn submit_demo_password(&self) -> Result<()> {
        self.submit_password("demo", "demo-password").await
    }

    /// Signs in as the demo account and opens the posts.
    pub async fn sign_in(&self) -> Result<()> {
        self.goto("/sign-in?next=%2Fposts").await?;
        self.submit_demo_password().await?;
        self.has_heading("Posts").await?;
        self.has_posts(100).await
    }
}
