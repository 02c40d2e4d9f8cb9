//! A lock in the database, by which a test holds a request in its middle.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use e2e::eventually;

use crate::Deployment;

/// How long PostgreSQL may take to grant a lock, on a busy machine.
const GRANTED: Duration = Duration::from_secs(20);
/// The name of the lock's connection.
const HOLDER: &str = "the test's lock";

/// A transaction that holds a lock. Dropping it gives the lock up.
#[derive(Debug)]
pub struct Lock {
    psql: Child,
}

impl Lock {
    /// Takes the lock that this statement takes, and waits until it is granted.
    pub(crate) async fn take(deployment: &Deployment, mut psql: Command, statement: &str) -> Result<Self> {
        psql.env("PGAPPNAME", HOLDER).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut psql = psql.spawn().context("psql cannot be started")?;
        let stdin = psql.stdin.as_mut().context("psql has a standard input")?;
        writeln!(stdin, "BEGIN;\n{statement};")?;
        let lock = Self { psql };
        let is_held = format!(
            "SELECT 1 FROM pg_stat_activity WHERE application_name = $${HOLDER}$$ \
             AND state = 'idle in transaction' AND query = $${statement};$$"
        );
        eventually(&format!("the lock of {statement}"), GRANTED, async || {
            Ok((!deployment.query(&is_held)?.is_empty()).then_some(()))
        })
        .await?;
        Ok(lock)
    }

    /// Gives the lock up.
    pub fn release(self) {
        drop(self);
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // At the end of its input psql ends, and its transaction with it.
        drop(self.psql.stdin.take());
        let _ = self.psql.wait();
    }
}
