//! docs/screen-reader.md: what a screen reader has of each flow.

use std::fmt::Write;
use std::fs;
use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Fault, LISTEN, LOGIN, Need, POSTS, REFRESH, Scenario, Tab, TestContext};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/screen-reader.md");

const HEAD: &str = "# What a screen reader has of the app

Written by `cargo xtask test e2e -- screen_reader` from Chromium's accessibility tree, and compared with it in each run.

Each step shows, in this order: what live regions say, `!` before what interrupts; where the focus is; and the page
from its top, with what contains something before it. A sentence that only says what is awaited is left out, except where
the test holds the answer back: whether it is said depends on the machine.
";

/// A poll comes within this time.
const NEXT_POLL: Duration = Duration::from_secs(40);

/// Long enough for the page to say what is awaited.
const HELD_BACK: Duration = Duration::from_secs(2);

struct Transcript(String);

#[derive(Clone, Copy, PartialEq)]
enum Answers {
    /// They come at once.
    Quick,
    /// The test holds them back.
    HeldBack,
}

impl Transcript {
    fn flow(&mut self, title: &str) {
        let _ = write!(self.0, "\n## {title}\n");
    }

    /// What the screen reader has once the page is as it should be after what somebody did.
    async fn step(&mut self, tab: &Tab, deed: &str) -> Result<()> {
        self.step_with(tab, deed, Answers::Quick).await
    }

    async fn step_with(&mut self, tab: &Tab, deed: &str, answers: Answers) -> Result<()> {
        let title: String = tab.script("return document.title").await?;
        let page = tab.read_aloud().await?;
        let _ = write!(self.0, "\n### {deed}\n\n```text\n");
        for said in tab.announcements().await? {
            if answers == Answers::HeldBack || !said.is_wait {
                let _ = writeln!(self.0, "says:{} “{}”", if said.is_assertive { " !" } else { "" }, said.text);
            }
        }
        let _ = writeln!(self.0, "focus: {}", page.focus.as_deref().unwrap_or("the page"));
        let _ = writeln!(self.0, "page “{title}”");
        for line in page.lines {
            let _ = writeln!(self.0, "  {line}");
        }
        self.0 += "```\n";
        Ok(())
    }
}

async fn stranger_to_sign_out(transcript: &mut Transcript, ctx: &TestContext) -> Result<()> {
    transcript.flow("From the first visit to the sign-out");
    ctx.browser.console.expect(LOGIN, "400");
    ctx.servers.set_faults(&[Fault::on(LOGIN).delay(HELD_BACK), Fault::posts([2, 1])]).await?;
    let tab = ctx.tab("/posts").await?;
    tab.has_heading("Access denied").await?;
    transcript.step(&tab, "A stranger opens the posts").await?;
    tab.press("Sign in").await?;
    tab.shows("Continue with Dev OIDC").await?;
    tab.has_focus_on("Sign in").await?;
    transcript.step(&tab, "They choose “Sign in”").await?;
    tab.submit_password("demo", "wrong").await?;
    tab.shows("Unable to log in").await?;
    tab.has_focus_on("Password").await?;
    transcript.step_with(&tab, "They send a wrong password", Answers::HeldBack).await?;
    tab.submit_demo_password().await?;
    tab.has_posts(2).await?;
    tab.has_focus_on("Posts").await?;
    transcript.step_with(&tab, "They send the right one", Answers::HeldBack).await?;
    ctx.serve_posts([3, 2, 1]).await?;
    tab.shows_within("1 new post", NEXT_POLL).await?;
    transcript.step(&tab, "A poll brings another post").await?;
    tab.press("Show 1 new post").await?;
    tab.has_posts(3).await?;
    transcript.step(&tab, "They ask for it").await?;
    tab.fill("Find", "3").await?;
    tab.shows("1 of 3 posts").await?;
    transcript.step(&tab, "They look for “3”").await?;
    tab.press("Refresh").await?;
    tab.shows("Up to date.").await?;
    transcript.step(&tab, "They refresh the posts").await?;
    tab.press("Sign out").await?;
    tab.shows("You are signed out.").await?;
    tab.has_focus_on("Sign in once, keep reading").await?;
    transcript.step(&tab, "They sign out").await
}

async fn end_of_session(transcript: &mut Transcript, ctx: &TestContext) -> Result<()> {
    transcript.flow("The session ends");
    ctx.serve_posts([2, 1]).await?;
    let tab = ctx.tab("/sign-in?next=%2Fposts").await?;
    tab.submit_demo_password().await?;
    tab.has_posts(2).await?;
    tab.announcements().await?;
    ctx.browser.console.expect(POSTS, "401");
    ctx.browser.console.expect(REFRESH, "400");
    ctx.servers.set_faults(&[Fault::on(POSTS).status(401), Fault::refuse_refresh()]).await?;
    tab.shows_within("Sign in to go on", NEXT_POLL).await?;
    ctx.serve_posts([2, 1]).await?;
    tab.has_focus_on("Sign in to go on").await?;
    tab.shows("Continue with Dev OIDC").await?;
    transcript.step(&tab, "The server ends the session while they read").await?;
    tab.fill("Password", "demo-password").await?;
    tab.press("Sign in").await?;
    tab.has_no_dialog().await?;
    tab.has_posts(2).await?;
    tab.has_focus_on("Posts").await?;
    transcript.step(&tab, "They sign in again").await
}

async fn errors(transcript: &mut Transcript, ctx: &TestContext) -> Result<()> {
    transcript.flow("Something fails");
    ctx.browser.console.expect(POSTS, "503");
    ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
    let tab = ctx.tab("/sign-in?next=%2Fposts").await?;
    tab.submit_demo_password().await?;
    tab.shows("The app tries again by itself.").await?;
    tab.has_focus_on("Posts").await?;
    transcript.step(&tab, "The posts cannot be loaded").await?;
    ctx.serve_posts([2, 1]).await?;
    tab.has_posts(2).await?;
    tab.has_focus_on("Posts").await?;
    transcript.step(&tab, "They try again").await?;
    ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
    tab.press("Refresh").await?;
    tab.shows("These are the last posts that came").await?;
    transcript.step(&tab, "Newer posts cannot be loaded").await?;
    ctx.serve_posts([2, 1]).await?;
    tab.press("Try again").await?;
    tab.hides_within("These are the last posts that came", NEXT_POLL).await?;
    tab.shows("Up to date.").await?;
    tab.has_focus_on("Posts").await?;
    transcript.step(&tab, "They try again, with the button of the notice").await?;
    tab.set_offline(true).await?;
    tab.shows("You are offline.").await?;
    transcript.step(&tab, "The network is gone").await?;
    tab.set_offline(false).await?;
    tab.hides_within("You are offline.", NEXT_POLL).await
}

#[test]
fn docs_screen_reader_md_is_what_a_screen_reader_has_of_each_flow() -> Result<()> {
    let mut transcript = Transcript(HEAD.to_owned());
    let scenario = || Scenario::new().needs(Need::AccessibilityTree).with_provider().first_script(LISTEN);
    scenario().run(async |ctx| stranger_to_sign_out(&mut transcript, ctx).await)?;
    scenario().run(async |ctx| end_of_session(&mut transcript, ctx).await)?;
    scenario().run(async |ctx| errors(&mut transcript, ctx).await)?;
    if transcript.0 == HEAD {
        // Skipped in this engine.
        return Ok(());
    }
    let committed = fs::read_to_string(FILE).unwrap_or_default();
    if committed != transcript.0 {
        fs::write(FILE, &transcript.0)?;
    }
    ensure!(
        committed == transcript.0,
        "docs/screen-reader.md was out of date, and is written anew: look at it, then commit it"
    );
    Ok(())
}
