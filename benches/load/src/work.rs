//! What browsers ask for, and what counts as the right answer.

use anyhow::{Context, Result, ensure};

use crate::connection::Connection;
use crate::session::{Session, Site};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    SignIn,
    Refresh,
    /// A 200, compressed.
    Posts,
    /// A 304.
    UnchangedPosts,
}

impl Work {
    pub fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Refresh => "refresh",
            Self::Posts => "posts, 200",
            Self::UnchangedPosts => "posts, 304",
        }
    }

    /// What has to be there before the first request is measured.
    pub async fn prepare(self, site: &Site, connection: &mut Connection, session: &mut Session) -> Result<()> {
        if self == Self::UnchangedPosts {
            let answer = connection.send(site.posts(session, None)?).await?;
            ensure!(answer.status == 200, "the posts: {}", answer.words());
            let etag = answer.headers.get("etag").context("the posts have no ETag")?;
            session.etag = Some(etag.to_str()?.to_owned());
        }
        Ok(())
    }

    /// One request.
    ///
    /// # Errors
    ///
    /// The answer is not the right one.
    pub async fn once(self, site: &Site, connection: &mut Connection, session: &mut Session) -> Result<()> {
        let request = match self {
            Self::SignIn => site.sign_in(&session.name)?,
            Self::Refresh => site.refresh(session)?,
            Self::Posts => site.posts(session, None)?,
            Self::UnchangedPosts => site.posts(session, session.etag.as_deref())?,
        };
        let answer = connection.send(request).await?;
        let expected = if self == Self::UnchangedPosts { 304 } else { 200 };
        ensure!(answer.status == expected, "{}: {}", self.name(), answer.words());
        match self {
            Self::SignIn => ensure!(site.system.opens_session(&answer), "a sign-in sets no cookies"),
            Self::Refresh => session.take(site.system, &answer)?,
            Self::Posts => {
                let encoding = answer.headers.get("content-encoding").map(|encoding| encoding.as_bytes());
                ensure!(encoding == Some(b"gzip"), "the posts are not compressed");
                ensure!(answer.headers.contains_key("etag") && answer.body.len() > 500, "the posts are not there");
            }
            Self::UnchangedPosts => ensure!(answer.body.is_empty(), "a 304 has a body"),
        }
        Ok(())
    }
}
