//! `cluster`: the whole deployment, until Ctrl-C. A part that ends is started again, as systemd does it.

use std::fs;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result};
use lexopt::prelude::*;

use super::{Certificate, Cluster, Setup};
use crate::command::announce;
use crate::django::DEMO_ACCOUNT;
use crate::frame::framed;
use crate::interrupts::interrupts;
use crate::ports::{Port, ensure_usable};
use crate::project::Project;
use crate::release;

const WATCH: Duration = Duration::from_millis(500);

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    let mut app = Port { number: 8443, server: "the app", option: "port" };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => app.choose(&arguments.value()?)?,
            other => return Err(other.unexpected().into()),
        }
    }
    ensure_usable(&[app])?;
    let state = project.target().join("cluster");
    fs::create_dir_all(&state).with_context(|| format!("{} could not be made", state.display()))?;
    let dist = state.join("dist");
    release::build_if_changed(project, &dist, &[])?;
    let certificate = Certificate::make(&state.join("certificate"))?;
    let interrupted = interrupts()?;
    announce("starting PostgreSQL, Redis, three hosts and nginx");
    let mut cluster = Cluster::start(&Setup {
        project,
        dist: &dist,
        port: Some(app.number),
        certificate: &certificate,
        variables: &[],
        requests_per_second: None,
    })?;
    println!("\n{}\n", framed(&welcome(&mut cluster, &certificate)?));
    watch(&mut cluster, &interrupted)?;
    announce("stopping all servers");
    Ok(())
}

/// Until Ctrl-C.
fn watch(cluster: &mut Cluster, interrupted: &Receiver<()>) -> Result<()> {
    while interrupted.recv_timeout(WATCH) == Err(RecvTimeoutError::Timeout) {
        for server in cluster.servers() {
            if let Some(status) = server.ended_by_itself()? {
                announce(format!("{} has ended ({status}) and is started again", server.name()));
                server.kill();
                server.launch_again()?;
            }
        }
    }
    Ok(())
}

fn welcome(cluster: &mut Cluster, certificate: &Certificate) -> Result<String> {
    let (origin, logs) = (cluster.origin(), cluster.folder().display().to_string());
    let processes = cluster.servers().map(|server| {
        let pid = server.pid().map_or_else(|| "none".to_owned(), |pid| pid.to_string());
        format!("\n  {:<11} process {pid}", server.name())
    });
    let processes: String = processes.collect();
    let trust = certificate.key_hash()?;
    Ok(format!(
        "The app: {origin}/\n{DEMO_ACCOUNT}\n\n\
         The certificate was made for this run, so a browser warns of it. Chromium does not with\n  \
         --user-data-dir=/tmp/cluster --ignore-certificate-errors-spki-list={trust}\n\
         Other programs are told to trust {}\n\n\
         Kill what you like, it is started again:{processes}\n\n\
         Logs: {logs}\nCtrl-C stops everything",
        certificate.file().display()
    ))
}
