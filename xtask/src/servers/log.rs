//! A server's output: each line shown under its name, kept in a file, the last ones remembered.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStderr, ChildStdout};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result};

const REMEMBERED: usize = 20;

/// What has been printed so far, shared by the readers of a server's two streams.
struct Record {
    name: &'static str,
    file: File,
    is_shown: bool,
    last: VecDeque<String>,
}

pub struct Log {
    record: Arc<Mutex<Record>>,
    readers: Vec<JoinHandle<()>>,
}

impl Log {
    pub fn follow(
        name: &'static str,
        path: &Path,
        (stdout, stderr): (Option<ChildStdout>, Option<ChildStderr>),
        is_shown: bool,
    ) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("{} could not be written", path.display()))?;
        let record = Arc::new(Mutex::new(Record { name, file, is_shown, last: VecDeque::new() }));
        let stdout = stdout.map(|stream| read(stream, Arc::clone(&record)));
        let stderr = stderr.map(|stream| read(stream, Arc::clone(&record)));
        Ok(Self { record, readers: stdout.into_iter().chain(stderr).collect() })
    }

    /// The last lines of a server that has ended.
    pub fn last_lines(&mut self) -> String {
        for reader in self.readers.drain(..) {
            // A reader that panicked has shown its panic; what it had read is still worth showing.
            let _ = reader.join();
        }
        lock(&self.record).last.iter().map(|line| format!("  {line}\n")).collect()
    }
}

fn read(stream: impl Read + Send + 'static, record: Arc<Mutex<Record>>) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while stream.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            lock(&record).add(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    })
}

impl Record {
    fn add(&mut self, line: &str) {
        // A closed terminal or a full disk must not take the servers down with it.
        if self.is_shown {
            let _ = writeln!(std::io::stdout().lock(), "{:<8} | {line}", self.name);
        }
        let _ = writeln!(self.file, "{line}");
        if self.last.len() == REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back(line.to_owned());
    }
}

fn lock(record: &Mutex<Record>) -> MutexGuard<'_, Record> {
    record.lock().unwrap_or_else(PoisonError::into_inner)
}
