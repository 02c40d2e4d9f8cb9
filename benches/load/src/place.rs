//! Where the load goes.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::cpu;
use crate::sample::Sample;
use crate::session::Site;

/// A server, and whose processor time it costs.
#[derive(Clone)]
pub struct Place {
    pub site: Site,
    pub address: SocketAddr,
    pub tls: Option<TlsConnector>,
    /// The first process of each program that takes part.
    pub processes: Vec<u32>,
    /// That of them which is PostgreSQL's.
    pub database: u32,
}

impl Place {
    /// The processor time that everything here has used since its start, and PostgreSQL's part of it.
    pub fn used(&self) -> Result<Used> {
        Ok(Used { all: cpu::used_by(&self.processes)?, database: cpu::used_by(&[self.database])? })
    }
}

/// Processor time.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    all: Duration,
    database: Duration,
}

impl Used {
    /// Adds what was used since `before` to a sample.
    pub fn since(self, before: Self, sample: &mut Sample) {
        sample.processor = self.all - before.all;
        sample.database = self.database - before.database;
    }
}

/// TLS with a server that shows this certificate.
pub fn trusting(certificate: &Path) -> Result<TlsConnector> {
    let pem = fs::read(certificate).with_context(|| format!("{} cannot be read", certificate.display()))?;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&pem)?)?;
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
