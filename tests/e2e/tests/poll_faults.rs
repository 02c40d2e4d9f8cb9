//! Posts that do not come as they should: the page says so, and keeps what it has.

use std::time::{Duration, Instant};

use anyhow::Result;
use e2e::{Bystander, Drop, Fault, POSTS, REFRESH, Scenario, Stage, Tab};
use serde_json::json;

/// The next poll meets this fault; the page says `told`, keeps its posts and the session, and recovers when it is over.
async fn is_told(stage: &Stage, tab: &Tab, fault: Fault, told: &str) -> Result<()> {
    let stored = tab.stored().await?;
    stage.stack.faults(&[fault]).await?;
    tab.wake().await?;
    tab.shows(told).await?;
    assert_eq!(tab.posts().await?, 100);
    stage.stack.heal().await?;
    tab.press("Try again").await?;
    tab.hides_within(told, Duration::from_secs(10)).await?;
    assert_eq!(tab.stored().await?, stored);
    Ok(())
}

#[test]
fn f1_at_thirty_seconds_of_latency_polls_time_out_at_fifteen_never_overlap_and_the_page_lives() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let before = stage.stack.log().await?.of(POSTS).len();
        stage.stack.faults(&[Fault::on(POSTS).delay(Duration::from_secs(30))]).await?;
        stage.stack.requests(POSTS, before + 1, Duration::from_secs(20)).await?;
        let sent = Instant::now();
        tab.shows_within("The server did not answer in time.", Duration::from_secs(20)).await?;
        let waited = sent.elapsed().as_secs_f64();
        assert!((13.0..18.0).contains(&waited), "given up after {waited} s");
        assert_eq!(tab.posts().await?, 100);
        let polls = stage.stack.requests(POSTS, before + 2, Duration::from_secs(30)).await?.after(before);
        assert!(polls.gaps().iter().all(|gap| gap.as_secs_f64() > 24.0), "{:?}", polls.gaps());
        tab.follow("yew-auth").await?;
        tab.is_headed("Welcome back").await
    })
}

#[test]
fn f1_slow_answers_are_awaited_and_the_interval_begins_at_their_end() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let before = stage.stack.log().await?.of(POSTS).len();
        stage.stack.faults(&[Fault::on(POSTS).delay(Duration::from_secs(5))]).await?;
        let polls = stage.stack.requests(POSTS, before + 3, Duration::from_secs(60)).await?.after(before);
        assert!(polls.gaps().iter().all(|gap| (14.9..18.0).contains(&gap.as_secs_f64())), "{:?}", polls.gaps());
        tab.has_posts(100).await
    })
}

#[test]
fn f3_what_is_no_answer_is_told_and_the_posts_stay() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(POSTS, "502");
        stage.browser.console.expect(POSTS, "ERR_");
        let tab = stage.signed_in_tab().await?;
        let no_answer = "The server sent something the app cannot read.";
        let page = "<!doctype html><h1>Bad gateway</h1>";
        is_told(stage, &tab, Fault::on(POSTS).html(page), no_answer).await?;
        is_told(stage, &tab, Fault::on(POSTS).status(502).html(page), "The server cannot answer at the moment").await?;
        let truncated = Fault::on(POSTS).json(json!(["x".repeat(1000)])).drop(Drop::Mid);
        is_told(stage, &tab, truncated, "The server cannot be reached.").await?;
        is_told(stage, &tab, Fault::on(POSTS).drop(Drop::Before), "The server cannot be reached.").await
    })
}

#[test]
fn f5_any_5xx_and_a_gateways_403_are_told_and_the_session_is_kept() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        for status in [500, 501, 503, 520] {
            stage.browser.console.expect(POSTS, &status.to_string());
            let told = format!("The server cannot answer at the moment (status {status}).");
            is_told(stage, &tab, Fault::on(POSTS).status(status), &told).await?;
        }
        stage.browser.console.expect(POSTS, "403");
        let gateway = Fault::on(POSTS).status(403).html("<h1>Forbidden</h1>");
        is_told(stage, &tab, gateway, "The server refused (status 403).").await?;
        assert!(stage.stack.log().await?.of(REFRESH).is_empty(), "none of it is the token's fault");
        Ok(())
    })
}

#[test]
fn f7_a_redirect_loop_is_an_error_and_not_followed() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(POSTS, "ERR_FAILED");
        let tab = stage.signed_in_tab().await?;
        let before = stage.stack.log().await?.of(POSTS).len();
        let told = "The server cannot be reached.";
        is_told(stage, &tab, Fault::on(POSTS).redirect(302, POSTS), told).await?;
        let polls = stage.stack.log().await?.of(POSTS).after(before);
        assert_eq!(polls.len(), 2, "one that met the loop, one that recovered");
        Ok(())
    })
}

#[test]
fn f7_t2_a_redirect_to_another_origin_takes_no_credentials_there() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(POSTS, "ERR_FAILED");
        let bystander = Bystander::start()?;
        let tab = stage.tab("/").await?;
        // The page's policy would keep the request at home as well, and hide what the client does.
        tab.ignore_policy().await?;
        tab.sign_in().await?;
        for status in [301, 302, 307, 308] {
            let away = Fault::on(POSTS).redirect(status, &format!("{}{POSTS}", bystander.origin()));
            is_told(stage, &tab, away, "The server cannot be reached.").await?;
        }
        // Nor from a page that asks for its posts before the app is there.
        stage.stack.faults(&[Fault::on(POSTS).redirect(307, &format!("{}{POSTS}", bystander.origin()))]).await?;
        tab.reload().await?;
        tab.shows("The server cannot be reached.").await?;
        assert_eq!(bystander.heard(), Vec::<String>::new());
        Ok(())
    })
}

#[test]
fn f9_the_deadline_covers_a_body_that_trickles() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let slow = Fault::on(POSTS).html(&" ".repeat(100)).bytes_per_second(1);
        let begun = Instant::now();
        is_told(stage, &tab, slow, "The server did not answer in time.").await?;
        let waited = begun.elapsed().as_secs_f64();
        assert!((14.5..20.0).contains(&waited), "given up after {waited} s");
        Ok(())
    })
}
