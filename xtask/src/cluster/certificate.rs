//! The certificate of the cluster, which signs for itself: nobody but who is told trusts it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::command::{announce, answer, output_quietly, run_quietly};
use crate::tools::apt;

const OPENSSL: &str = "openssl";
const DAYS: &str = "30";

/// A certificate for this machine's own addresses, and its key.
#[derive(Debug, Clone)]
pub struct Certificate {
    folder: PathBuf,
}

impl Certificate {
    /// Makes one in this folder.
    pub fn make(folder: &Path) -> Result<Self> {
        if answer(Command::new(OPENSSL).arg("version")).is_none() {
            announce("openssl is missing");
            apt::install(&[OPENSSL])?;
        }
        let certificate = Self::at(folder);
        fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
        let mut command = Command::new(OPENSSL);
        command.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]);
        command.args(["-days", DAYS, "-subj", "/CN=yew-auth on this machine"]);
        command.args(["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]);
        // It signs no other: some clients take the certificate of an authority from no server.
        command.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
        command.arg("-keyout").arg(certificate.key()).arg("-out").arg(certificate.file());
        run_quietly(&mut command)?;
        Ok(certificate)
    }

    /// The one that was made in this folder.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Its file, for a client that is told to trust it.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.folder.join("certificate.pem")
    }

    pub(super) fn key(&self) -> PathBuf {
        self.folder.join("key.pem")
    }

    /// The hash of its public key, for Chromium's `--ignore-certificate-errors-spki-list`.
    pub fn key_hash(&self) -> Result<String> {
        let mut command = Command::new(OPENSSL);
        let pem = output_quietly(command.args(["x509", "-noout", "-pubkey", "-in"]).arg(self.file()))?;
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        Ok(STANDARD.encode(Sha256::digest(STANDARD.decode(body)?)))
    }
}
