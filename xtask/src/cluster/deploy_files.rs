//! What an operator copies from `deploy/`, filled in for this machine: the cluster runs that and nothing of its own.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::project::Project;

/// Where gunicorn listens on one machine.
const SOCKET: &str = "unix:/run/yew-auth/gunicorn.sock";

/// The parts of nginx's file that every operator replaces.
pub struct NginxParts {
    pub hosts: Vec<String>,
    pub http: String,
    pub https: String,
    pub certificate: PathBuf,
    pub key: PathBuf,
    /// How many requests a second one network has.
    pub requests_per_second: Option<u32>,
}

/// `deploy/environment.example`: the variables that it sets.
pub fn environment(project: &Project) -> Result<Vec<(String, String)>> {
    let text = read(project, "environment.example")?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.filter_map(|line| line.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// The arguments that `deploy/systemd/yew-auth.service` starts gunicorn with, listening at `address`.
pub fn gunicorn_arguments(project: &Project, address: &str) -> Result<Vec<String>> {
    let unit = read(project, "systemd/yew-auth.service")?;
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).context("the unit starts nothing")?;
    let (program, arguments) = start.split_once(' ').context("the unit gives gunicorn no argument")?;
    ensure!(program.ends_with("/gunicorn"), "the unit starts {program} instead of gunicorn");
    let arguments = replaced(arguments, SOCKET, address)?;
    Ok(arguments.split(' ').map(str::to_owned).collect())
}

/// `deploy/nginx/yew-auth.conf`.
pub fn nginx(project: &Project, parts: &NginxParts) -> Result<String> {
    let text = read(project, "nginx/yew-auth.conf")?;
    let is_host = |line: &&str| line.trim_start().starts_with(&format!("server {SOCKET}"));
    let line = text.lines().find(is_host).context("nginx's file has no host")?;
    let hosts = parts.hosts.iter().map(|host| line.replace(SOCKET, host)).collect::<Vec<_>>().join("\n");
    let text = replaced(&text, line, &hosts)?;
    let text = replaced(&text, "listen 80;\n    listen [::]:80;", &format!("listen {};", parts.http))?;
    let tls = format!("listen {} ssl http2;", parts.https);
    let text = replaced(&text, "listen 443 ssl http2;\n    listen [::]:443 ssl http2;", &tls)?;
    let text = replaced(&text, "https://$host$request_uri", &format!("https://{}$request_uri", parts.https))?;
    let text = replaced(
        &text,
        "/etc/letsencrypt/live/app.example.org/fullchain.pem",
        &parts.certificate.display().to_string(),
    )?;
    let text = replaced(&text, "/etc/letsencrypt/live/app.example.org/privkey.pem", &parts.key.display().to_string())?;
    match parts.requests_per_second {
        Some(rate) => replaced(&text, "rate=50r/s", &format!("rate={rate}r/s")),
        None => Ok(text),
    }
}

fn read(project: &Project, name: &str) -> Result<String> {
    let path = project.root().join("deploy").join(name);
    fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
}

/// A part that is no longer there would leave the cluster with something else than what it says.
fn replaced(text: &str, part: &str, by: &str) -> Result<String> {
    ensure!(text.matches(part).count() == 1, "deploy/ has {part:?} not once, so it cannot be filled in");
    Ok(text.replacen(part, by, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_operators_files_is_found_and_filled_in() {
        let project = Project::locate().expect("a checkout");
        let parts = NginxParts {
            hosts: vec!["127.0.0.1:1".to_owned(), "127.0.0.1:2".to_owned()],
            http: "127.0.0.1:80".to_owned(),
            https: "127.0.0.1:8443".to_owned(),
            certificate: "/c.pem".into(),
            key: "/k.pem".into(),
            requests_per_second: Some(7),
        };
        let text = nginx(&project, &parts).expect("it can be filled in");
        assert!(
            text.contains("server 127.0.0.1:1 fail_timeout=2s;\n    server 127.0.0.1:2 fail_timeout=2s;"),
            "{text}"
        );
        assert!(!text.contains("/run/yew-auth") && !text.contains("letsencrypt"), "{text}");
        let arguments = gunicorn_arguments(&project, "127.0.0.1:1").expect("it can be filled in");
        assert!(arguments.join(" ").contains("config.wsgi:application --bind 127.0.0.1:1"), "{arguments:?}");
        let environment = environment(&project).expect("it can be read");
        assert!(environment.iter().any(|(name, value)| name == "NUM_PROXIES" && value == "1"), "{environment:?}");
    }

    #[test]
    fn a_part_that_is_gone_is_refused() {
        let message = replaced("listen 81;", "listen 80;", "listen 8080;").expect_err("it is gone").to_string();
        assert!(message.contains("listen 80;"), "{message}");
    }
}
