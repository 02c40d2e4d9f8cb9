//! The app on a home screen: its manifest and its icons.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use e2e::{Need, POSTS, Scenario, Tab};
use serde::Deserialize;
use serde_json::json;

const MANIFEST: &str = "/install/manifest.webmanifest";
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/install");

/// An icon: the app's picture (static/favicon.svg) in a square.
struct Icon {
    file: &'static str,
    size: u32,
    /// The share of the picture in the square. A system may cut off all outside of a circle with 80 % of the width.
    share: f64,
    /// Whether the square is filled to its corners, which the system cuts off.
    is_full: bool,
}

const ICONS: [Icon; 4] = [
    Icon { file: "icon-192.png", size: 192, share: 1.0, is_full: false },
    Icon { file: "icon-512.png", size: 512, share: 1.0, is_full: false },
    Icon { file: "maskable-512.png", size: 512, share: 0.8, is_full: true },
    Icon { file: "apple-touch-icon.png", size: 180, share: 1.0, is_full: true },
];

/// Draws the picture into a canvas.
fn drawing(Icon { size, share, is_full, .. }: &Icon) -> String {
    format!(
        "const load = async (src) => {{ const image = Object.assign(new Image(), {{ src }}); await image.decode(); return image; }};
         const picture = await load(document.querySelector('link[rel=icon]').href);
         const canvas = new OffscreenCanvas({size}, {size}), context = canvas.getContext('2d');
         if ({is_full}) {{ context.fillStyle = '#1c6647'; context.fillRect(0, 0, {size}, {size}); }}
         const width = {size} * {share}, edge = ({size} - width) / 2;
         context.drawImage(picture, edge, edge, width, width);"
    )
}

#[test]
#[ignore = "it writes to static/install"]
fn the_icons_are_drawn() -> Result<()> {
    Scenario::new().needs(Need::Screenshots).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        for icon in &ICONS {
            let png: String = tab
                .script(&format!(
                    "return (async () => {{ {}
                        const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
                        return btoa(String.fromCharCode(...bytes));
                    }})()",
                    drawing(icon)
                ))
                .await?;
            fs::write(Path::new(FOLDER).join(icon.file), BASE64_STANDARD.decode(png)?)?;
        }
        Ok(())
    })
}

#[test]
fn each_icon_is_the_apps_picture() -> Result<()> {
    Scenario::new().needs(Need::Screenshots).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        for icon in &ICONS {
            let compare = format!(
                "return (async () => {{ {}
                    const drawn = context.getImageData(0, 0, {size}, {size}).data;
                    const stored = await load('/install/{file}');
                    context.clearRect(0, 0, {size}, {size});
                    context.drawImage(stored, 0, 0);
                    const read = context.getImageData(0, 0, {size}, {size}).data;
                    const differing = drawn.filter((value, index) => Math.abs(value - read[index]) > 32).length;
                    return [stored.naturalWidth, stored.naturalHeight, differing / drawn.length];
                }})()",
                drawing(icon),
                size = icon.size,
                file = icon.file
            );
            let (width, height, differing): (u32, u32, f64) = tab.script(&compare).await?;
            ensure!((width, height) == (icon.size, icon.size), "{} has {width} by {height} px", icon.file);
            ensure!(differing < 0.01, "{} is out of date: {differing}. Run `cargo xtask screenshots`", icon.file);
        }
        Ok(())
    })
}

#[derive(Deserialize)]
struct AppManifest {
    errors: Vec<serde_json::Value>,
    data: Option<String>,
}

async fn manifest(tab: &Tab) -> Result<serde_json::Value> {
    let AppManifest { errors, data } = serde_json::from_value(tab.cdp("Page.getAppManifest", json!({})).await?)?;
    ensure!(errors.is_empty(), "{errors:?}");
    Ok(serde_json::from_str(&data.context("the browser has no manifest")?)?)
}

#[test]
fn the_browser_finds_nothing_missing_to_install_the_app() -> Result<()> {
    Scenario::new().needs(Need::Installation).in_full_browser().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let manifest = manifest(&tab).await?;
        assert_eq!(manifest["display"], "standalone");
        let errors = tab.cdp("Page.getInstallabilityErrors", json!({})).await?;
        ensure!(errors["installabilityErrors"] == json!([]), "{errors}");
        let app: serde_json::Value = tab.cdp("Page.getAppId", json!({})).await?;
        assert_eq!(app["appId"], format!("{}/", ctx.servers.origin()));
        Ok(())
    })
}

#[test]
fn the_posts_do_not_wait_for_the_manifest() -> Result<()> {
    Scenario::new().needs(Need::Installation).in_full_browser().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let before = ctx.servers.request_log().await?.len();
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        manifest(&tab).await?;
        let requests = ctx.servers.request_log().await?.after(before);
        let place = |path: &str| requests.iter().position(|request| request.path == path);
        let (posts, manifest) = (place(POSTS).context("no posts")?, place(MANIFEST).context("no manifest")?);
        ensure!(posts < manifest, "{requests:?}");
        Ok(())
    })
}

#[test]
fn every_icon_that_the_manifest_and_the_page_name_is_there() -> Result<()> {
    const NAMED: &str = "
        return (async () => {
            const address = new URL(document.querySelector('link[rel=manifest]').href);
            const manifest = await fetch(address);
            const { icons, start_url, scope } = await manifest.json();
            const files = [...icons.map(({ src }) => new URL(src, address).href),
                ...[...document.querySelectorAll('link[rel=apple-touch-icon], link[rel=icon]')].map(({ href }) => href)];
            const types = await Promise.all(files.map(async (file) => (await fetch(file)).headers.get('content-type')));
            return [manifest.headers.get('content-type'), types,
                [start_url, scope].map((url) => new URL(url, address).pathname)];
        })()";
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        let (manifest_type, types, places): (String, Vec<String>, [String; 2]) = tab.script(NAMED).await?;
        assert_eq!(types, ["image/png", "image/png", "image/png", "image/svg+xml", "image/png"]);
        assert_eq!(places, ["/posts", "/"]);
        assert_eq!(manifest_type, "application/manifest+json");
        Ok(())
    })
}

/// The colour of the browser's own bars follows the theme that was chosen, as the page does.
#[test]
fn the_colour_of_the_browsers_bars_is_that_of_the_page() -> Result<()> {
    const COLOURS: &str = "
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = [...document.querySelectorAll('meta[name=theme-color]')]
            .find(({ media }) => matchMedia(media).matches).content;
        const bars = getComputedStyle(probe).color;
        probe.remove();
        return [bars, getComputedStyle(document.body).backgroundColor]";
    Scenario::new().needs(Need::MediaFeatures).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        for theme in ["System", "Light", "Dark"] {
            for scheme in ["light", "dark"] {
                tab.prefer_scheme(scheme).await?;
                tab.tab_to("Theme").await?;
                tab.keys(theme).await?;
                let [bars, page]: [String; 2] = tab.script(COLOURS).await?;
                assert_eq!(bars, page, "{theme}, {scheme}");
            }
        }
        Ok(())
    })
}
