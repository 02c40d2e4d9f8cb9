use std::fs;
use std::io::{Read, Write};
use std::sync::mpsc::{self, Sender};

use super::*;

/// Servers with a log folder of their own, and the sender that plays Ctrl-C.
struct Rig {
    servers: Servers,
    interrupt: Sender<()>,
}

impl Rig {
    fn new(test: &str) -> Self {
        let logs = std::env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
        fs::create_dir_all(&logs).expect("a folder for the logs");
        let (interrupt, interrupts) = mpsc::channel();
        Self { servers: Servers::new(interrupts, logs), interrupt }
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.servers.logs);
    }
}

fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

#[test]
fn a_server_that_ends_is_named_with_its_last_lines() {
    let mut rig = Rig::new("ends");
    rig.servers.start("backend", &mut shell("echo starting; echo no such table >&2; exit 3")).expect("sh runs");
    let error = rig.servers.wait_for_interrupt().expect_err("the server has ended").to_string();
    assert!(error.starts_with("backend stopped by itself (exit status: 3)"), "{error}");
    assert!(error.contains("  starting\n") && error.contains("  no such table\n"), "{error}");
}

#[test]
fn a_servers_lines_are_kept_in_its_log() {
    let mut rig = Rig::new("log");
    rig.servers.start("backend", &mut shell("echo GET /api/posts/ 200")).expect("sh runs");
    rig.servers.wait_for_interrupt().expect_err("the server has ended");
    let log = fs::read_to_string(rig.servers.logs.join("backend.log")).expect("a log");
    assert_eq!(log, "GET /api/posts/ 200\n");
}

#[test]
fn an_interrupt_is_an_ordinary_end() {
    let mut rig = Rig::new("interrupt");
    rig.servers.start("app", &mut shell("exec sleep 600")).expect("sh runs");
    rig.interrupt.send(()).expect("the receiver lives");
    rig.servers.wait_for_interrupt().expect("no server has ended by itself");
}

#[test]
fn stopping_reaches_the_children_of_a_server() {
    let start = Instant::now();
    let mut rig = Rig::new("children");
    rig.servers.start("app", &mut shell("trap '' TERM; sleep 600 & wait")).expect("sh runs");
    for mut server in rig.servers.stop_all() {
        // The log ends when nobody is left to write to it: neither the server nor its child.
        server.log.last_lines();
    }
    assert!(start.elapsed() < Duration::from_secs(60), "the child slept on");
}

#[test]
fn a_server_is_awaited_until_it_answers() {
    let mut rig = Rig::new("answers");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    let server = thread::spawn(move || {
        for answer in ["HTTP/1.1 500 Not Yet\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"] {
            let (mut stream, _) = listener.accept().expect("a client");
            let _ = stream.read(&mut [0; 512]).expect("a request");
            stream.write_all(answer.as_bytes()).expect("an open client");
        }
    });
    assert_eq!(rig.servers.wait_until_ready(address, "/").expect("nothing ended"), Waited::Ready);
    server.join().expect("both answers were fetched");
}

#[test]
fn waiting_for_readiness_can_be_interrupted() {
    let mut rig = Rig::new("unready");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("bound");
    drop(free);
    rig.interrupt.send(()).expect("the receiver lives");
    assert_eq!(rig.servers.wait_until_ready(address, "/").expect("nothing ended"), Waited::Interrupted);
}
