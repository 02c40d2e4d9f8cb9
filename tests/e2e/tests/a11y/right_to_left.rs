//! A page that is read from right to left, as a translation may be.

use anyhow::{Result, ensure};
use e2e::{Scenario, Tab};
use serde_json::json;

const TURN: &str = "document.documentElement.dir = 'rtl'";

/// The distance of the middle of an element from the middle of the window, as a share of its width: negative to the left.
async fn side(tab: &Tab, selector: &str) -> Result<f64> {
    let script = format!(
        "const {{ left, right }} = document.querySelector('{selector}').getBoundingClientRect();
         return (left + right) / innerWidth - 1"
    );
    tab.script(&script).await
}

/// Where the first letter of an element stands, as a share of the element's width.
async fn start_of_text(tab: &Tab, selector: &str) -> Result<f64> {
    let script = format!(
        "const element = document.querySelector('{selector}'), range = document.createRange();
         range.setStart(element.firstChild, 0);
         range.setEnd(element.firstChild, 1);
         const box = element.getBoundingClientRect(), letter = range.getBoundingClientRect();
         return ((letter.left + letter.right) / 2 - box.left) / box.width"
    );
    tab.script(&script).await
}

#[test]
fn every_page_is_readable_from_right_to_left() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        let look = async |state: &str| {
            tab.script::<()>(TURN).await?;
            for width in [1280, 390, 320] {
                tab.resize(width, 800).await?;
                tab.ensure_laid_out(&format!("{state}, from right to left, {width} px")).await?;
            }
            Ok(())
        };
        ctx.tour_as_stranger(&tab, &look).await?;
        ctx.tour_signed_in(&tab, &look).await
    })
}

#[test]
fn what_stands_at_the_end_of_a_line_changes_sides() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.open("/account", "Account").await?;
        let ends = [".theme", ".account", ".reveal"];
        for end in ends {
            ensure!(side(&tab, end).await? > 0.1, "{end} is not at the right");
        }
        tab.script::<()>(TURN).await?;
        for end in ends {
            ensure!(side(&tab, end).await? < -0.1, "{end} is not at the left");
        }
        Ok(())
    })
}

#[test]
fn a_post_is_read_in_the_direction_of_its_language_wherever_the_page_is_read_from() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let hebrew = json!({"id": 1, "userId": 1, "title": "שלום עולם.", "body": "זה הטקסט.\nAnd this is English."});
        ctx.serve(json!([hebrew])).await?;
        let tab = ctx.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_demo_password().await?;
        tab.has_posts(1).await?;
        for direction in ["ltr", "rtl"] {
            tab.script::<()>(&format!("document.documentElement.dir = '{direction}'")).await?;
            for text in ["article h2", ".post-body"] {
                let start = start_of_text(&tab, text).await?;
                ensure!(start > 0.5, "{text} on a page that is {direction} starts at {start}");
            }
        }
        ctx.serve_posts([2]).await?;
        tab.press("Refresh").await?;
        tab.shows("Its text.").await?;
        let start = start_of_text(&tab, "article h2").await?;
        ensure!(start < 0.5, "English on a page that is read from the right starts at {start}");
        Ok(())
    })
}
