//! The steps of the contract.

use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use e2e::{Browser, Tab, eventually};
use hyper::Method;

use crate::backend::{App, Backend, FirstRefresh, LostRefresh, Outcome, Person, Refreshes, Revoked, SignOut};
use crate::environment::apps;
use crate::exchange::Exchange;
use crate::lose::Lose;
use crate::origin::Origin;
use crate::server::RunningServer;

/// A page shows something, or a request follows, within this time, on a busy machine.
const SOON: Duration = Duration::from_secs(40);
/// Two access tokens expire within this time.
const TWO_LIFETIMES: Duration = Duration::from_secs(60);
/// Two tabs that refresh one token do so at the same time; refreshes of two tokens are half a lifetime of five seconds apart.
const ONE_REFRESH: Duration = Duration::from_secs(2);
/// What an app shows to somebody who is not signed in, and to somebody who is.
const SIGNED_OUT: &str = "Sign in";
const SIGNED_IN: &str = "First post";

/// A backend, an app that uses it, and a browser.
struct Stage<'s> {
    backend: &'s Backend,
    browser: &'s Rc<Browser>,
    origin: Origin,
    server: RunningServer,
}

impl Backend {
    /// Runs the contract, and fails where it does not hold as expected.
    ///
    /// # Errors
    ///
    /// A step failed.
    pub async fn keep(&self, browser: &Rc<Browser>, folder: &Path) -> Result<()> {
        let server = RunningServer::start(self.server, folder).await?;
        let (app, name) = match self.app {
            App::Example(name) => (name, ""),
            App::Page(backend) => ("page", backend),
        };
        let app = apps()?.join(app);
        let origin = Origin::start(&app, self.base, name, server.origin(), self.api).await?;
        let stage = Stage { backend: self, browser, origin, server };
        // The log of the origin tells which requests failed; the console is watched for what scripts print.
        browser.console.expect("", "");
        match self.outcome {
            Outcome::SaysWhatIsMissing(words) => stage.says_what_is_missing(words).await,
            Outcome::Works { refreshes, sign_out } => stage.works(refreshes, sign_out).await,
        }
    }
}

impl Stage<'_> {
    async fn says_what_is_missing(&self, words: &str) -> Result<()> {
        let tab = self.tab().await?;
        self.submit(&tab, self.backend.people[0]).await?;
        tab.shows_within(words, SOON).await?;
        ensure!(!tab.text().await?.contains(SIGNED_IN), "nobody is signed in");
        Ok(())
    }

    async fn works(&self, refreshes: Refreshes, sign_out: SignOut) -> Result<()> {
        let [first, second] = self.backend.people;
        let tab = self.tab().await?;
        self.wrong_password_is_refused_in_words(&tab).await.context("a wrong password")?;
        self.sign_in(&tab, first).await.context("the sign-in")?;
        let other = self.tab().await?;
        self.is_signed_in(&other, first).await.context("the second tab")?;

        self.two_expiries_pass(&[&tab, &other], refreshes).await.context("two expiries")?;

        tab.reload().await?;
        self.is_signed_in(&tab, first).await.context("the reload")?;

        self.loses_an_answer(&tab, &other, refreshes).await.context("a lost answer")?;

        self.signs_out(&tab, sign_out, refreshes).await.context("the sign-out")?;
        other.shows_within(SIGNED_OUT, SOON).await.context("the sign-out in the second tab")?;

        self.sign_in(&tab, second).await.context("the sign-in of somebody else")?;
        self.is_signed_in(&other, second).await.context("somebody else in the second tab")?;
        ensure!(!other.text().await?.contains(first.display_name), "nothing of the first person is left");

        self.server.end_sessions(self.backend.ended_by)?;
        for tab in [&tab, &other] {
            tab.shows_within(SIGNED_OUT, TWO_LIFETIMES).await.context("the end by the backend")?;
            ensure!(!tab.text().await?.contains(SIGNED_IN), "nothing protected is left");
        }
        Ok(())
    }

    async fn wrong_password_is_refused_in_words(&self, tab: &Tab) -> Result<()> {
        self.submit(tab, Person { password: "not the password", ..self.backend.people[0] }).await?;
        tab.shows_within(self.backend.wrong_password, SOON).await
    }

    /// Each token is refreshed once, or never; both tabs poll on, and no poll is refused, save where only a 401 tells the
    /// page of the first expiry.
    async fn two_expiries_pass(&self, tabs: &[&Tab], refreshes: Refreshes) -> Result<()> {
        let is_refused = |exchange: &Exchange| exchange.path == self.backend.posts && exchange.status == 401;
        let refused_until_now = self.origin.log().into_iter().filter(is_refused).count();
        let mut may_be_refused = 0;
        match refreshes {
            Refreshes::OncePerLifetime { path, first, .. } => {
                if first == FirstRefresh::FollowsA401 {
                    may_be_refused = tabs.len();
                }
                let start = self.count(path);
                self.wait_for(path, start + 2, TWO_LIFETIMES).await?;
                let refreshes = self.successes(path);
                let gaps: Vec<_> = refreshes.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
                ensure!(gaps.iter().all(|gap| *gap > ONE_REFRESH), "refreshes too close together: {gaps:?}");
            }
            Refreshes::Never => {}
        }
        let polls = self.count(self.backend.posts);
        self.wait_for(self.backend.posts, polls + 2 * tabs.len(), SOON).await?;
        let refused = self.origin.log().into_iter().filter(is_refused).count() - refused_until_now;
        ensure!(refused <= may_be_refused, "{refused} polls were refused, and had to be sent again");
        for tab in tabs {
            let text = tab.text().await?;
            ensure!(text.contains(SIGNED_IN), "the page shows {text:?}");
            // The page of the tests counts the polls that failed for it.
            let counts = matches!(self.backend.app, App::Page(_));
            ensure!(!counts || text.contains("0 errors"), "polls have failed: {text:?}");
        }
        Ok(())
    }

    async fn loses_an_answer(&self, tab: &Tab, other: &Tab, refreshes: Refreshes) -> Result<()> {
        let (path, method) = match refreshes {
            Refreshes::OncePerLifetime { path, .. } => (path, Method::POST),
            Refreshes::Never => (self.backend.posts, Method::GET),
        };
        let before = self.origin.log().len();
        self.origin.lose(Lose { method, path });
        let lost = eventually("an answer is lost", TWO_LIFETIMES, async || {
            Ok(self.origin.log().iter().skip(before).position(|exchange| exchange.is_lost))
        });
        let after = before + lost.await? + 1;
        let next = eventually("the next such request", TWO_LIFETIMES, async || {
            Ok(self.origin.log().into_iter().skip(after).find(|exchange| exchange.path == path))
        });
        let next = next.await?;
        let person = self.backend.people[0];
        match refreshes {
            Refreshes::OncePerLifetime { lost: LostRefresh::EndsTheSession, .. } => {
                ensure!(matches!(next.status, 400 | 401), "the next refresh is answered with {}", next.status);
                for tab in [tab, other] {
                    tab.shows_within(SIGNED_OUT, SOON).await?;
                }
                self.sign_in(tab, person).await
            }
            _ => {
                ensure!(next.status == 200, "the next request is answered with {}", next.status);
                self.is_signed_in(tab, person).await
            }
        }
    }

    /// Both tabs show it, and the credentials are then sent once more from elsewhere.
    async fn signs_out(&self, tab: &Tab, sign_out: SignOut, refreshes: Refreshes) -> Result<()> {
        let before = self.origin.log().len();
        let poll = self.origin.log().into_iter().rfind(|exchange| exchange.path == self.backend.posts);
        let poll = poll.context("the posts were never asked for")?;
        tab.press("Sign out").await?;
        tab.shows_within(SIGNED_OUT, SOON).await?;
        let (path, revoked) = match sign_out {
            SignOut::Revokes { path, revoked } => (path, Some(revoked)),
            SignOut::Forgets { path: Some(path) } => (path, None),
            SignOut::Forgets { path: None } => return Ok(()),
        };
        let request = eventually("the sign-out reaches the backend", SOON, async || {
            let sent = self.origin.log().into_iter().skip(before);
            Ok(sent.into_iter().find(|exchange| exchange.path == path && exchange.method != Method::GET))
        });
        let request = request.await?;
        let status = match (revoked, refreshes) {
            (None | Some(Revoked::RefreshToken), Refreshes::OncePerLifetime { path, .. }) => {
                self.origin.replay(&request, path).await?
            }
            _ => self.origin.replay(&poll, self.backend.posts).await?,
        };
        match (status, revoked.is_some()) {
            (200, false) | (401 | 403, true) => Ok(()),
            _ => bail!("after the sign-out ({}) the credentials are answered with {status}", request.status),
        }
    }

    async fn tab(&self) -> Result<Tab> {
        self.browser.open_tab(self.origin.origin(), self.backend.base).await
    }

    async fn submit(&self, tab: &Tab, person: Person) -> Result<()> {
        tab.shows_within(SIGNED_OUT, SOON).await?;
        tab.fill("Name", person.name).await?;
        tab.fill("Password", person.password).await?;
        tab.press(SIGNED_OUT).await
    }

    async fn sign_in(&self, tab: &Tab, person: Person) -> Result<()> {
        self.submit(tab, person).await?;
        self.is_signed_in(tab, person).await
    }

    async fn is_signed_in(&self, tab: &Tab, person: Person) -> Result<()> {
        tab.shows_within(SIGNED_IN, SOON).await?;
        tab.shows_within(person.display_name, SOON).await
    }

    async fn wait_for(&self, path: &str, count: usize, within: Duration) -> Result<()> {
        eventually(
            &format!("{count} answers of {path}"),
            within,
            async || Ok((self.count(path) >= count).then_some(())),
        )
        .await
    }

    fn count(&self, path: &str) -> usize {
        self.successes(path).len()
    }

    fn successes(&self, path: &str) -> Vec<Exchange> {
        let is_one = |exchange: &Exchange| exchange.path == path && matches!(exchange.status, 200 | 304);
        self.origin.log().into_iter().filter(is_one).collect()
    }
}
