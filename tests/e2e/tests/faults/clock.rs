//! A wall clock that is wrong or jumps.

use std::time::Duration;

use anyhow::Result;
use e2e::{POSTS, REFRESH, Scenario, Tab};

const HOUR: i64 = 3_600_000;

/// Replaces the wall clock by one that is `skew` milliseconds ahead of the machine's and can be set. The monotonic clock
/// stays as it is.
fn clock(skew: i64) -> String {
    format!(
        "(() => {{
            const RealDate = Date;
            let skew = {skew};
            window.setClock = by => {{ skew = by }};
            window.Date = class extends RealDate {{
                constructor(...given) {{ if (given.length) super(...given); else super(RealDate.now() + skew); }}
                static now() {{ return RealDate.now() + skew; }}
            }};
        }})();"
    )
}

fn a_wrong_clock_does_no_harm(skew: i64) -> Result<()> {
    Scenario::new().access_ttl(20).first_script(&clock(skew)).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let refreshes = ctx.servers.wait_for_requests(REFRESH, 3, Duration::from_secs(60)).await?;
        assert!(refreshes.gaps().iter().all(|gap| gap.as_secs() >= 8), "{:?}", refreshes.gaps());
        assert!(ctx.servers.request_log().await?.with_status(401).is_empty());
        tab.has_posts(100).await
    })
}

#[test]
fn f10_a_clock_an_hour_ahead_does_no_harm() -> Result<()> {
    a_wrong_clock_does_no_harm(HOUR)
}

#[test]
fn f10_a_clock_an_hour_behind_does_no_harm() -> Result<()> {
    a_wrong_clock_does_no_harm(-HOUR)
}

async fn set_clock(tab: &Tab, skew: i64) -> Result<()> {
    tab.script(&format!("setClock({skew})")).await
}

#[test]
fn f10_after_the_clock_has_jumped_a_fresh_token_comes_before_the_next_poll() -> Result<()> {
    Scenario::new().first_script(&clock(0)).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        for (jumps, skew) in [HOUR, -HOUR, 0].into_iter().enumerate() {
            let before = ctx.servers.request_log().await?;
            set_clock(&tab, skew).await?;
            ctx.servers.wait_for_requests(POSTS, before.of(POSTS).len() + 1, Duration::from_secs(40)).await?;
            let since = ctx.servers.request_log().await?.after(before.len());
            assert_eq!(since.first().map(|request| request.path.as_str()), Some(REFRESH), "{since:?}");
            assert_eq!(since.of(REFRESH).len(), 1, "jump {jumps}");
        }
        assert!(ctx.servers.request_log().await?.with_status(401).is_empty());
        tab.has_posts(100).await
    })
}
