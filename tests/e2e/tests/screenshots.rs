//! The pictures in docs/screenshots, which `cargo xtask screenshots` takes.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use e2e::{Fault, IDLE_LIMIT, Need, POSTS, Scenario, Tab, TestContext};
use serde_json::{Value, json};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/screenshots");
/// Only the page with this fragment has an idle limit.
const IDLE: &str = "#idle";
const LONG: Duration = Duration::from_secs(60);

/// The name, width and height of a viewport, and how many pictures of it fit into a row of a sheet.
const SIZES: [(&str, u32, u32, usize); 2] = [("wide", 1280, 800, 4), ("narrow", 390, 844, 8)];
const SCHEMES: [&str; 2] = ["light", "dark"];
const SHEET_WIDTH: u32 = 1600;

/// A picture in the browser's encoding.
struct Picture {
    sheet: String,
    state: &'static str,
    png: String,
}

#[derive(Default)]
struct Album(Vec<Picture>);

impl Album {
    /// Takes the page as it is now, at each size and in each colour scheme.
    async fn take(&mut self, tab: &Tab, state: &'static str) -> Result<()> {
        for (size, width, height, _) in SIZES {
            show_at(tab, size, width, height).await?;
            self.take_schemes(tab, size, state).await?;
        }
        Ok(())
    }

    /// Takes the whole page, in a viewport of its height.
    async fn take_whole(&mut self, tab: &Tab, state: &'static str) -> Result<()> {
        for (size, width, height, _) in SIZES {
            show_at(tab, size, width, height).await?;
            let whole: u32 = tab.script("return document.documentElement.scrollHeight").await?;
            show_at(tab, size, width, whole).await?;
            self.take_schemes(tab, size, state).await?;
        }
        Ok(())
    }

    async fn take_schemes(&mut self, tab: &Tab, size: &str, state: &'static str) -> Result<()> {
        for scheme in SCHEMES {
            tab.prefer_scheme(scheme).await?;
            let png = capture(tab, json!({"format": "png"})).await?;
            self.0.push(Picture { sheet: format!("{size}-{scheme}"), state, png });
        }
        Ok(())
    }

    async fn take_page(&mut self, tab: &Tab, path: &'static str, heading: &str) -> Result<()> {
        tab.open(path, heading).await?;
        self.take(tab, path).await
    }

    async fn take_whole_page(&mut self, tab: &Tab, path: &'static str, heading: &str) -> Result<()> {
        tab.open(path, heading).await?;
        self.take_whole(tab, path).await
    }

    /// Writes one sheet with all states for each size and colour scheme.
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

    /// Writes one state, wide and light beside narrow and dark.
    async fn write_pair(&self, tab: &Tab, name: &str, state: &str) -> Result<()> {
        let of = |sheet: &str| self.0.iter().find(|picture| picture.sheet == sheet && picture.state == state);
        let pictures: Vec<&Picture> = ["wide-light", "narrow-dark"].into_iter().filter_map(of).collect();
        // In these proportions both have the same height.
        write_sheet(tab, name, "1280fr 312fr", &pictures, json!({"format": "png"})).await
    }
}

/// The narrow size emulates a phone, whose scroll bars take no space.
async fn show_at(tab: &Tab, size: &str, width: u32, height: u32) -> Result<()> {
    if size == "narrow" { tab.resize_phone(width, height).await } else { tab.resize(width, height).await }
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
        "return (async () => {{
            document.body.style = 'margin:0;padding:12px;background:#8a908c;display:grid;gap:12px;' +
                'align-items:start;grid-template-columns:{tracks}';
            const images = {}.map((src) => Object.assign(new Image(), {{ src, style: 'width:100%' }}));
            document.body.replaceChildren(...images);
            await Promise.all(images.map((image) => image.decode()));
            return document.body.scrollHeight;
        }})()",
        serde_json::to_string(&sources)?
    );
    tab.resize(SHEET_WIDTH, 800).await?;
    let height: u64 = tab.script(&draw).await?;
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
    // Long enough to take the warning that appears halfway.
    let idle_limit = IDLE_LIMIT.replace("'20'", "'60'");
    let idle_limit = format!("if (location.hash === '{IDLE}') {{ {idle_limit} }}");
    let mut album = Album::default();
    Scenario::new().needs(Need::Screenshots).with_provider().first_script(&idle_limit).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        take_visitor_pages(&mut album, ctx, &tab).await?;
        take_idle_warning(&mut album, &tab).await?;
        take_posts(&mut album, ctx, &tab).await?;
        album.take_whole_page(&tab, "/account", "Account").await?;
        album.take_whole_page(&tab, "/session", "Your session").await?;
        album.take_page(&tab, "/", "Welcome back").await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        ctx.end_session(&tab).await?;
        tab.shows("Continue with Dev OIDC").await?;
        album.take(&tab, "signing in again").await
    })?;
    Scenario::new().needs(Need::Screenshots).setting("SESSION_TTL", 110).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.shows("Your session ends soon").await?;
        album.take(&tab, "a session that ends soon").await?;
        album.write_sheets(&tab).await?;
        album.write_pair(&tab, "posts", "the posts").await?;
        album.write_pair(&tab, "sign-in-again", "signing in again").await
    })
}

async fn take_visitor_pages(album: &mut Album, ctx: &TestContext, tab: &Tab) -> Result<()> {
    album.take_page(tab, "/", "Sign in once, keep reading").await?;
    tab.goto("/sign-in").await?;
    tab.shows("Continue with Dev OIDC").await?;
    album.take(tab, "/sign-in").await?;
    album.take_page(tab, "/register", "Create an account").await?;
    ctx.refuse_registration(tab).await?;
    album.take(tab, "a refused registration").await?;
    album.take_page(tab, "/password/forgotten", "Forgot your password?").await?;
    tab.fill("Email", "nobody@example.test").await?;
    tab.press("Send the link").await?;
    tab.shows("on its way").await?;
    album.take(tab, "a sent mail").await?;
    album.take_page(tab, "/password/reset", "This link is not complete").await?;
    album.take_page(tab, "/password/reset#uid=x&token=y", "Set a new password").await?;
    album.take_page(tab, "/posts", "Access denied").await?;
    album.take_page(tab, "/auth/callback/dev", "This sign-in cannot be finished").await?;
    album.take_page(tab, "/nowhere", "Page not found").await
}

async fn take_idle_warning(album: &mut Album, tab: &Tab) -> Result<()> {
    tab.goto(&format!("/sign-in?next=%2Fposts{IDLE}")).await?;
    tab.submit_demo_password().await?;
    tab.shows_within("Are you still there?", LONG).await?;
    album.take(tab, "the idle warning").await?;
    tab.press("Stay signed in").await
}

async fn take_posts(album: &mut Album, ctx: &TestContext, tab: &Tab) -> Result<()> {
    ctx.browser.console.expect(POSTS, "503");
    tab.goto("/posts").await?;
    tab.has_posts(100).await?;
    tab.has_post_search().await?;
    album.take(tab, "the posts").await?;
    tab.fill("Find", "qui est").await?;
    tab.shows("of 100 posts").await?;
    album.take(tab, "a search").await?;
    ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
    tab.press("Refresh").await?;
    tab.shows("These are the last posts that came").await?;
    album.take(tab, "posts that are out of date").await?;
    ctx.show_posts(tab, &[1, 2, 3, 4, 5]).await?;
    ctx.offer_post(tab, &[1, 2, 3, 4, 5], 6).await?;
    album.take(tab, "a new post is offered").await?;
    tab.set_offline(true).await?;
    tab.shows("You are offline.").await?;
    album.take(tab, "offline").await?;
    tab.set_offline(false).await?;
    ctx.servers.set_faults(&[Fault::on(POSTS).delay(LONG)]).await?;
    tab.reload().await?;
    tab.shows("Loading posts…").await?;
    album.take(tab, "posts that are loading").await?;
    ctx.servers.clear_faults().await
}
