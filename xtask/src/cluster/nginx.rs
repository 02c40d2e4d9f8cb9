//! nginx before the hosts, with the file of `deploy/`.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use nix::sys::signal::Signal;
use nix::unistd::geteuid;

use super::deploy_files::{self, NginxParts};
use crate::ports::Port;
use crate::project::Project;
use crate::tools;
use crate::tools::loopback_server::{LoopbackServer, Program, tied};

/// What stands around the operator's file, in place of Debian's /etc/nginx/nginx.conf. `{folder}` is nginx's own.
const AROUND: &str = r#"
daemon off;
{user}
worker_processes auto;
pid {folder}/nginx.pid;
error_log stderr warn;
worker_rlimit_nofile 16384;
events { worker_connections 16384; }
http {
    # One line a request, once it is over: time, method, path, status, then the hosts that were asked and what each answered.
    log_format requests '$msec\t$request_method\t$uri\t$status\t$upstream_addr\t$upstream_status';
    access_log {folder}/requests.log requests;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/yew-auth.conf;
}
"#;

/// A running nginx.
pub(super) struct Nginx {
    pub(super) server: LoopbackServer,
    program: &'static Path,
    arguments: [PathBuf; 6],
    request_log: PathBuf,
}

impl Nginx {
    pub(super) fn start(project: &Project, https: Port, parts: &NginxParts, folder: &Path) -> Result<Self> {
        let program = tools::nginx::ensure()?;
        fs::create_dir_all(folder)?;
        let place = folder.display().to_string();
        let user = if geteuid().is_root() { "user root;" } else { "" };
        let around = AROUND.replace("{folder}", &place).replace("{user}", user);
        let main = folder.join("nginx.conf");
        fs::write(&main, around).with_context(|| format!("{place} could not be written"))?;
        fs::write(folder.join("yew-auth.conf"), deploy_files::nginx(project, parts)?)?;
        let arguments = ["-p".into(), folder.to_owned(), "-c".into(), main, "-e".into(), "stderr".into()];
        let mut command = tied(program, Signal::SIGTERM);
        command.args(&arguments);
        let address = https.address();
        let server = LoopbackServer::start(Program {
            name: "nginx".to_owned(),
            command,
            stop: Signal::SIGTERM,
            is_ready: Box::new(move || TcpStream::connect(address).is_ok()),
            log: folder.join("log"),
        })?;
        Ok(Self { server, program, arguments, request_log: folder.join("requests.log") })
    }

    /// What `nginx -t` says.
    pub(super) fn check(&self) -> Result<String> {
        let output = Command::new(self.program).args(&self.arguments).arg("-t").output()?;
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    pub(super) fn request_log(&self) -> &Path {
        &self.request_log
    }
}
