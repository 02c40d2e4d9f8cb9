//! What an operator copies from `deploy/` does what docs/deployment.md says.

use std::fs;

use anyhow::{Result, ensure};
use cluster::Deployment;

#[test]
fn the_operators_files_pass_every_check_without_a_warning() -> Result<()> {
    Deployment::run(&[], async |deployment| {
        deployment.manage("config.settings", &["check", "--deploy", "--fail-level", "WARNING"])?;
        let words = deployment.with_cluster(|cluster| cluster.check_proxy())?;
        ensure!(!words.contains("[warn]") && words.contains("syntax is ok"), "{words}");
        Ok(())
    })
}

#[test]
fn the_app_arrives_by_http_2_compressed_with_brotli_and_its_cookies_belong_to_its_host_alone() -> Result<()> {
    Deployment::run(&[], async |deployment| {
        let tabs = deployment.signed_in_tabs(1).await?;
        let tab = &tabs[0];
        let protocol: String =
            tab.script("return performance.getEntriesByType('navigation')[0].nextHopProtocol").await?;
        assert_eq!(protocol, "h2");
        let encoding: String = tab
            .script(
                "const { href } = document.querySelector('link[as=fetch]');
                 return fetch(href).then((answer) => answer.headers.get('content-encoding'))",
            )
            .await?;
        assert_eq!(encoding, "br");
        let cookies = tab.cookies().await?;
        assert_eq!(cookies.len(), 2);
        for cookie in cookies {
            assert!(cookie.name.starts_with("__Host-"), "{}", cookie.name);
            assert_eq!((cookie.secure, cookie.path.as_deref()), (Some(true), Some("/")), "{}", cookie.name);
        }
        Ok(())
    })
}

#[test]
fn a_file_that_one_host_alone_has_is_found_whichever_is_asked() -> Result<()> {
    const FILE: &str = "next-0123456789abcdef.js";
    Deployment::run(&[], async |deployment| {
        let dist = deployment.copy_of_the_app()?;
        fs::write(dist.join(FILE), "export {};")?;
        let host = &deployment.hosts()[1];
        deployment.with_host(host, |host| {
            host.set("SPA_DIST", &dist.display().to_string());
            host.restart()
        })??;
        let tab = deployment.browser.open_tab(&deployment.origin(), "/").await?;
        let ask = format!("return fetch('/{FILE}', {{cache: 'no-store'}}).then((answer) => answer.status)");
        for _ in deployment.hosts() {
            assert_eq!(tab.script::<u16>(&ask).await?, 200);
        }
        let asked = deployment.request_log()?.of(&format!("/{FILE}"));
        assert!(!asked.sent_again().is_empty(), "another host was asked: {asked:?}");
        Ok(())
    })
}
