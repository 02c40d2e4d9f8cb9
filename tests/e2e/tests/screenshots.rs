//! The pictures in docs/screenshots: `cargo xtask screenshots` takes them anew.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use e2e::{Fault, POSTS, REFRESH, Scenario, Stage, Tab};
use serde_json::{Value, json};

use crate::session_warning::IDLE_LIMIT;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/screenshots");
/// Only the page with this at the end of its address has a limit.
const IDLE: &str = "#idle";
const LONG: Duration = Duration::from_secs(60);

/// A width, a height, and how many pictures of that size stand in one row of a sheet.
const SIZES: [(&str, u32, u32, usize); 2] = [("wide", 1280, 800, 4), ("narrow", 390, 844, 8)];
const SCHEMES: [&str; 2] = ["light", "dark"];
const SHEET_WIDTH: u32 = 1600;

/// One picture, as the browser encodes it.
struct Picture {
    sheet: String,
    state: &'static str,
    png: String,
}

#[derive(Default)]
struct Album(Vec<Picture>);

impl Album {
    /// Takes the page as it is now, at each size and in each scheme.
    async fn take(&mut self, tab: &Tab, state: &'static str) -> Result<()> {
        for (size, width, height, _) in SIZES {
            let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
            tab.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
            for scheme in SCHEMES {
                tab.prefer_scheme(scheme).await?;
                let png = capture(tab, json!({"format": "png"})).await?;
                self.0.push(Picture { sheet: format!("{size}-{scheme}"), state, png });
            }
        }
        Ok(())
    }

    async fn take_page(&mut self, tab: &Tab, path: &'static str, heading: &str) -> Result<()> {
        tab.goto(path).await?;
        tab.is_headed(heading).await?;
        self.take(tab, path).await
    }

    /// Writes one sheet per size and scheme, with all states.
    async fn write_sheets(&self, tab: &Tab) -> Result<()> {
        for (size, .., columns) in SIZES {
            for scheme in SCHEMES {
                let name = format!("{size}-{scheme}");
                let pictures: Vec<&Picture> = self.0.iter().filter(|picture| picture.sheet == name).collect();
                let tracks = format!("repeat({columns}, 1fr)");
                write_sheet(tab, &name, &tracks, &pictures, json!({"format": "webp", "quality": 60})).await?;
            }
        }
        Ok(())
    }

    /// Writes one state, wide in the light and narrow in the dark, side by side.
    async fn write_pair(&self, tab: &Tab, name: &str, state: &str) -> Result<()> {
        let of = |sheet: &str| self.0.iter().find(|picture| picture.sheet == sheet && picture.state == state);
        let pictures: Vec<&Picture> = ["wide-light", "narrow-dark"].into_iter().filter_map(of).collect();
        // As wide as they are high: both get the same height.
        write_sheet(tab, name, "1280fr 312fr", &pictures, json!({"format": "png"})).await
    }
}

async fn capture(tab: &Tab, parameters: Value) -> Result<String> {
    let answer = tab.cdp("Page.captureScreenshot", parameters).await?;
    Ok(answer["data"].as_str().context("no picture")?.to_owned())
}

async fn write_sheet(tab: &Tab, name: &str, tracks: &str, pictures: &[&Picture], mut format: Value) -> Result<()> {
    tab.visit("about:blank").await?;
    let sources: Vec<String> =
        pictures.iter().map(|picture| format!("data:image/png;base64,{}", picture.png)).collect();
    let draw = format!(
        "(async () => {{
            document.body.style = 'margin:0;padding:12px;background:#8a908c;display:grid;gap:12px;' +
                'align-items:start;grid-template-columns:{tracks}';
            const images = {}.map((src) => Object.assign(new Image(), {{ src, style: 'width:100%' }}));
            document.body.replaceChildren(...images);
            await Promise.all(images.map((image) => image.decode()));
            return document.body.scrollHeight;
        }})()",
        serde_json::to_string(&sources)?
    );
    let metrics = json!({"width": SHEET_WIDTH, "height": 800, "deviceScaleFactor": 1, "mobile": false});
    tab.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
    let parameters = json!({"expression": draw, "awaitPromise": true, "returnByValue": true});
    let drawn = tab.cdp("Runtime.evaluate", parameters).await?;
    let height = drawn["result"]["value"].as_u64().with_context(|| format!("no sheet: {drawn}"))?;
    format["captureBeyondViewport"] = json!(true);
    format["clip"] = json!({"x": 0, "y": 0, "width": SHEET_WIDTH, "height": height, "scale": 1});
    let extension = format["format"].as_str().unwrap_or_default().to_owned();
    let file = Path::new(FOLDER).join(format!("{name}.{extension}"));
    let bytes = BASE64_STANDARD.decode(capture(tab, format).await?)?;
    fs::write(&file, bytes).with_context(|| format!("{} could not be written", file.display()))
}

#[test]
#[ignore = "it writes to docs/screenshots"]
fn every_page_is_pictured() -> Result<()> {
    // Long enough to take the question that comes halfway.
    let idle_limit = IDLE_LIMIT.replace("'20'", "'60'");
    let idle_limit = format!("if (location.hash === '{IDLE}') {{ {idle_limit} }}");
    Scenario::new().with_provider().first_script(&idle_limit).run(async |stage| {
        for (path, status) in [("/api/auth/registration/", "400"), (POSTS, "503"), (POSTS, "401"), (REFRESH, "400")] {
            stage.browser.console.expect(path, status);
        }
        let mut album = Album::default();
        let tab = stage.tab("/").await?;
        album.take_page(&tab, "/", "Sign in once, keep reading").await?;
        tab.goto("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        album.take(&tab, "/sign-in").await?;
        refuse_registration(&tab).await?;
        album.take(&tab, "a registration that is refused").await?;
        album.take_page(&tab, "/password/forgotten", "Forgot your password?").await?;
        album.take_page(&tab, "/password/reset#uid=x&token=y", "Set a new password").await?;
        album.take_page(&tab, "/posts", "Access denied").await?;
        album.take_page(&tab, "/auth/callback/dev", "This sign-in cannot be finished").await?;
        album.take_page(&tab, "/nowhere", "Page not found").await?;

        take_question_who_is_there(&mut album, &tab).await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        album.take(&tab, "the posts").await?;
        tab.fill("Find", "qui est").await?;
        tab.shows("of 100 posts").await?;
        album.take(&tab, "found posts").await?;
        stage.stack.faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.press("Refresh").await?;
        tab.shows("These are the last posts that came").await?;
        album.take(&tab, "posts that are not current").await?;
        stage.stack.faults(&[Fault::on(POSTS).delay(LONG)]).await?;
        tab.reload().await?;
        tab.shows("Loading posts…").await?;
        album.take(&tab, "posts on their way").await?;
        stage.stack.heal().await?;
        album.take_page(&tab, "/account", "Account").await?;
        album.take_page(&tab, "/session", "Your session").await?;
        album.take_page(&tab, "/", "Welcome back").await?;
        take_signing_in_again(&mut album, stage, &tab).await?;

        album.write_sheets(&tab).await?;
        album.write_pair(&tab, "posts", "the posts").await?;
        album.write_pair(&tab, "sign-in-again", "signing in again").await
    })
}

async fn refuse_registration(tab: &Tab) -> Result<()> {
    tab.goto("/register").await?;
    tab.fill("Username", "demo").await?;
    tab.fill("Email", "demo@example.test").await?;
    tab.fill("Password", "123").await?;
    tab.press("Create account").await?;
    tab.shows("A user with that username already exists.").await
}

async fn take_question_who_is_there(album: &mut Album, tab: &Tab) -> Result<()> {
    tab.goto(&format!("/sign-in?next=%2Fposts{IDLE}")).await?;
    tab.submit_password("demo", "demo-password").await?;
    tab.shows_within("Are you still there?", LONG).await?;
    album.take(tab, "the question who is there").await?;
    tab.press("Stay signed in").await
}

async fn take_signing_in_again(album: &mut Album, stage: &Stage, tab: &Tab) -> Result<()> {
    tab.goto("/posts").await?;
    tab.has_posts(100).await?;
    let invalid_grant = json!({"error": "invalid_grant"});
    stage.stack.faults(&[Fault::on(POSTS).status(401), Fault::on(REFRESH).status(400).json(invalid_grant)]).await?;
    tab.press("Refresh").await?;
    tab.shows("Sign in to go on").await?;
    tab.shows("Continue with Dev OIDC").await?;
    album.take(tab, "signing in again").await
}
