//! A name and a password in the address, for a gateway that asks for them.

use anyhow::Result;
use e2e::{Scenario, over_both_transports};

over_both_transports! {
    f20_the_app_starts_at_an_address_with_a_password_in_it_and_takes_it_out_of_the_page,
}

fn f20_the_app_starts_at_an_address_with_a_password_in_it_and_takes_it_out_of_the_page(
    scenario: Scenario,
) -> Result<()> {
    scenario.run(async |ctx| {
        let tab = ctx.tab("/").await?;
        let with_password = ctx.servers.origin().replace("://", "://name:word@") + "/sign-in?next=%2Fposts#part";
        tab.visit(&with_password).await?;
        tab.has_heading("Sign in").await?;
        let known: Vec<String> = tab.script("return [document.URL, document.baseURI]").await?;
        assert_eq!(known, vec![format!("{}/sign-in?next=%2Fposts#part", ctx.servers.origin()); 2]);
        assert!(!tab.history().await?.contains("name:word"), "nor in the history");
        tab.submit_demo_password().await?;
        tab.has_posts(100).await
    })
}
