//! A server at another origin, which must never receive the app's credentials.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Result;

/// A server whose CORS headers allow everything, and which records what it receives.
#[derive(Debug)]
pub struct OtherOrigin {
    origin: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl OtherOrigin {
    /// Starts to listen, until the test run ends.
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let origin = format!("http://{}", listener.local_addr()?);
        let requests = Arc::default();
        let log = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                // Each has a thread of its own: a browser opens connections that it may never use. One that breaks sends
                // nothing more to record.
                thread::spawn(move || answer(&stream, &log));
            }
        });
        Ok(Self { origin, requests })
    }

    /// Its origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The head of each request in lower case.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn answer(mut stream: &TcpStream, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut head = String::new();
    for line in BufReader::new(stream).lines() {
        let line = line?;
        if line.is_empty() {
            break;
        }
        head.push_str(&line.to_lowercase());
        head.push('\n');
    }
    log.lock().unwrap_or_else(PoisonError::into_inner).push(head);
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *, authorization\r\n\
          Content-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<!doctype html>",
    )
}
