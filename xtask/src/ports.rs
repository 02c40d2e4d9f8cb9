//! The ports of the servers, and the message when one cannot be had.

use std::ffi::OsStr;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, bail};

/// Below the kernel's ephemeral ports: nobody takes a server's port while the server is down. The end-to-end tests have
/// theirs above.
const FREE: Range<u16> = 10_000..18_000;

/// A port on this machine, who uses it, and the option that chooses another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Port {
    pub number: u16,
    pub server: &'static str,
    pub option: &'static str,
}

impl Port {
    pub fn address(self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.number).into()
    }

    pub fn origin(self) -> String {
        format!("http://{}", self.address())
    }

    /// One that nobody uses now. Each is given out once.
    pub fn free(server: &'static str) -> Result<Self> {
        static GIVEN: AtomicUsize = AtomicUsize::new(0);
        // Several runs at a time begin at different ports.
        let first = usize::try_from(std::process::id())? * 16;
        for _ in FREE {
            let offset = (first + GIVEN.fetch_add(1, Ordering::Relaxed)) % FREE.len();
            let number = FREE.start + u16::try_from(offset)?;
            if TcpListener::bind((Ipv4Addr::LOCALHOST, number)).is_ok() {
                return Ok(Self { number, server, option: "port" });
            }
        }
        bail!("there is no free port")
    }

    /// Takes what was given with its option.
    pub fn choose(&mut self, text: &OsStr) -> Result<()> {
        let text = text.to_string_lossy();
        match text.parse() {
            Ok(number) if number != 0 => self.number = number,
            _ => bail!("a port is a number from 1 to 65535, not `{text}`"),
        }
        Ok(())
    }
}

/// Fails with a sentence that helps unless all the ports are different and free.
pub fn ensure_usable(ports: &[Port]) -> Result<()> {
    ensure_distinct(ports)?;
    ports.iter().try_for_each(|port| ensure_free(*port))
}

fn ensure_distinct(ports: &[Port]) -> Result<()> {
    for (index, port) in ports.iter().enumerate() {
        if let Some(other) = ports[..index].iter().find(|other| other.number == port.number) {
            let Port { number, server, option } = *port;
            bail!("{} and {server} cannot both use port {number}; choose another with --{option}", other.server);
        }
    }
    Ok(())
}

fn ensure_free(port: Port) -> Result<()> {
    let Port { number, server, option } = port;
    let taken = || {
        anyhow::anyhow!(
            "port {number} ({server}) is taken: another program listens on {}. \
             Stop it, or choose another port with --{option}, for example --{option} {}",
            port.address(),
            suggestion(number),
        )
    };
    // Binding alone does not tell: some systems let two programs listen on overlapping addresses.
    if TcpStream::connect_timeout(&port.address(), Duration::from_secs(1)).is_ok() {
        return Err(taken());
    }
    match TcpListener::bind(port.address()) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(taken()),
        Err(error) => bail!("port {number} ({server}) cannot be used: {error}; choose another with --{option}"),
    }
}

fn suggestion(number: u16) -> u16 {
    number.checked_add(10).unwrap_or(number - 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backend(number: u16) -> Port {
        Port { number, server: "the backend", option: "backend-port" }
    }

    #[test]
    fn a_taken_port_is_named_with_its_option_and_another_port() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let number = listener.local_addr().expect("bound").port();
        let message = ensure_usable(&[backend(number)]).expect_err("the port is taken").to_string();
        assert!(message.contains(&format!("port {number} (the backend) is taken")), "{message}");
        assert!(message.contains(&format!("--backend-port {}", suggestion(number))), "{message}");
    }

    #[test]
    fn a_port_is_free_again_once_its_listener_is_gone() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let number = listener.local_addr().expect("bound").port();
        drop(listener);
        ensure_usable(&[backend(number)]).expect("nobody listens any more");
    }

    #[test]
    fn one_port_for_two_servers_is_refused() {
        let app = Port { number: 9000, server: "the app", option: "port" };
        let message = ensure_distinct(&[app, backend(9000)]).expect_err("both want port 9000").to_string();
        assert_eq!(message, "the app and the backend cannot both use port 9000; choose another with --backend-port");
    }

    #[test]
    fn a_free_port_is_given_out_once() {
        let ports = [(); 20].map(|()| Port::free("a server").expect("a free port"));
        ensure_distinct(&ports).expect("they are different");
    }

    #[test]
    fn the_suggested_port_exists() {
        assert_eq!(suggestion(8021), 8031);
        assert_eq!(suggestion(65_535), 65_525);
    }
}
