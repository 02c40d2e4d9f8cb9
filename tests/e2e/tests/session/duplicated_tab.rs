//! A tab that was duplicated: what it keeps for itself exists twice.

use anyhow::Result;
use e2e::{PROVIDER_EXCHANGE, Scenario};

#[test]
fn f21_a_tab_and_its_copy_share_the_session_its_refreshes_and_its_end() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        ctx.shares_its_session_with_a_copy(&tab).await
    })
}

#[test]
fn f21_o2_the_copy_of_a_tab_that_has_come_back_from_a_provider_uses_no_code_again() -> Result<()> {
    const RECORD: &str = "if (location.search.includes('code=')) sessionStorage.arrived ??= location.href;";
    Scenario::new().with_provider().first_script(RECORD).run(async |ctx| {
        let tab = ctx.tab_at_consent("/sign-in").await?;
        tab.press("Authorize").await?;
        tab.has_heading("Welcome back").await?;
        let copy = tab.duplicate().await?;
        copy.has_heading("Welcome back").await?;
        let used: String = copy.script("return sessionStorage.arrived").await?;
        copy.open(used.trim_start_matches(ctx.servers.origin()), "Welcome back").await?;
        assert_eq!(copy.path().await?, "/");
        assert_eq!(ctx.servers.request_log().await?.of(PROVIDER_EXCHANGE).len(), 1);
        Ok(())
    })
}
