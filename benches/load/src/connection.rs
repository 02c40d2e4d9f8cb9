//! A browser's connection to a server.

use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Request};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::spawn_local;
use tokio::time::timeout;

use crate::place::Place;

/// A connection that is kept. Its tasks run on the current `LocalSet`.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    time_limit: Duration,
}

/// What a server has answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Connection {
    /// Opens one, over TLS where the place has it. No answer is waited for longer than `time_limit`.
    pub async fn open(place: &Place, time_limit: Duration) -> Result<Self> {
        let connect = async {
            let stream = TcpStream::connect(place.address).await?;
            stream.set_nodelay(true)?;
            match &place.tls {
                Some(tls) => Self::over(tls.connect(place.address.ip().into(), stream).await?, time_limit).await,
                None => Self::over(stream, time_limit).await,
            }
        };
        timeout(time_limit, connect).await.context("no connection in time")?
    }

    async fn over(stream: impl AsyncRead + AsyncWrite + Unpin + 'static, time_limit: Duration) -> Result<Self> {
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Its error is also that of the request.
        spawn_local(connection);
        Ok(Self { sender, time_limit })
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let exchange = async {
            self.sender.ready().await?;
            let (parts, body) = self.sender.send_request(request).await?.into_parts();
            let body = body.collect().await?.to_bytes();
            anyhow::Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
        };
        timeout(self.time_limit, exchange).await.context("no answer in time")?
    }
}

impl Answer {
    /// The value of a cookie that it sets.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let lines = self.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
        let mut cookies = lines.filter_map(|line| line.trim_start().split(';').next()?.split_once('='));
        cookies.find(|(set, _)| *set == name).map(|(_, value)| value)
    }

    /// Its first words, for an error.
    pub fn words(&self) -> String {
        let start = &self.body[..self.body.len().min(300)];
        format!("{} {}", self.status, String::from_utf8_lossy(start))
    }
}
