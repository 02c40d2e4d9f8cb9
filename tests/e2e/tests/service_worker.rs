//! Why the app has no service worker: its policy refuses one, and each start would wait for it.

use anyhow::{Result, ensure};
use e2e::{Scenario, Tab};
use serde_json::json;

const REGISTER: &str = "
    return navigator.serviceWorker.register('/__e2e__/worker.js', { scope: '/' })
        .then(() => navigator.serviceWorker.ready).then(() => 'registered', ({ name }) => name)";

const UNREGISTER: &str = "
    return navigator.serviceWorker.ready.then((registration) => registration.unregister())";

/// It would outlive the page, and answer for the app from then on.
#[test]
fn b2_no_script_can_leave_a_service_worker_behind() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect_refusal("requires 'TrustedScriptURL' assignment");
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        assert_eq!(tab.script::<String>(REGISTER).await?, "TypeError");
        ctx.servers.turn_policy_off().await?;
        tab.reload().await?;
        assert_eq!(tab.script::<String>(REGISTER).await?, "registered", "it is the policy that refuses it");
        tab.script::<bool>(UNREGISTER).await.map(drop)
    })
}

/// Notes when the first post is in the document.
const WATCH: &str = "
    new MutationObserver((_, observer) => {
        if (!document.querySelector('article.post')) return;
        window.postsAt = performance.now();
        observer.disconnect();
    }).observe(document, { subtree: true, childList: true });";

/// When the page began to arrive, when the first post was there, and when the worker was started, in milliseconds.
const TIMES: &str = "
    const { responseStart, workerStart } = performance.getEntriesByType('navigation')[0];
    return [responseStart, window.postsAt, workerStart]";

const LOADS: usize = 15;

struct Load {
    response_at: f64,
    posts_at: f64,
}

/// The posts as they are opened for the first time in a while: the browser has stopped its workers meanwhile.
async fn loads(tab: &Tab, has_worker: bool) -> Result<Vec<Load>> {
    let mut loads = Vec::new();
    for _ in 0..LOADS {
        tab.cdp("ServiceWorker.enable", json!({})).await?;
        tab.cdp("ServiceWorker.stopAllWorkers", json!({})).await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        let (response_at, posts_at, worker_at): (f64, f64, f64) = tab.script(TIMES).await?;
        ensure!((worker_at > 0.0) == has_worker, "the worker started at {worker_at}");
        loads.push(Load { response_at, posts_at });
    }
    Ok(loads)
}

fn median(loads: &[Load], time: impl Fn(&Load) -> f64) -> f64 {
    let mut times: Vec<f64> = loads.iter().map(time).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
#[ignore = "it measures, and says what it has measured"]
fn what_a_service_worker_costs_the_start() -> Result<()> {
    Scenario::new().first_script(WATCH).run(async |ctx| {
        ctx.servers.turn_policy_off().await?;
        let tab = ctx.signed_in_tab().await?;
        let (mut without, mut with) = (Vec::new(), Vec::new());
        for _ in 0..2 {
            without.extend(loads(&tab, false).await?);
            assert_eq!(tab.script::<String>(REGISTER).await?, "registered");
            with.extend(loads(&tab, true).await?);
            tab.script::<bool>(UNREGISTER).await?;
        }
        for (name, loads) in [("without a service worker", &without), ("with one", &with)] {
            println!(
                "{name}: the page began to arrive after {:.0} ms, the first post was there after {:.0} ms (medians of {})",
                median(loads, |load| load.response_at),
                median(loads, |load| load.posts_at),
                loads.len()
            );
        }
        Ok(())
    })
}
