//! The server, with the rules of the project's backend.

use std::time::Duration;

use yew_auth_session::{AccessToken, CredentialKind, Credentials, FoundSession, IssuedTokens, RefreshToken, Timestamp};

use super::clock::{Instant, server_time};
use super::person::user_of;
use super::session_cookies::session_id;

/// Who signs in.
pub type UserName = &'static str;

/// One sign-in and all tokens that descend from it, by number.
pub type Family = usize;

/// How long things last, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    pub access: u64,
    pub refresh: u64,
    pub session: u64,
}

/// What the server does when a session is to be renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// It replaces the refresh token.
    Rotates,
    /// The refresh token stays as it is.
    Keeps,
    /// There is no refresh token. What proves the session is good for as long as the session is. An access token that the
    /// page holds may say for how long that will be.
    Never { says_when: bool },
}

impl Renewal {
    pub const fn renews(self) -> bool {
        !matches!(self, Self::Never { .. })
    }
}

/// Why the server said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No token, or none that the server has issued.
    Unknown,
    SignedOut,
    /// A superseded refresh token is presented.
    Reused,
    /// One was presented before.
    FamilyKilled,
    Expired,
    SessionOver,
    Disabled,
}

/// What the server hands out at a sign-in or a refresh.
#[derive(Clone, Debug)]
pub struct Issued {
    pub family: Family,
    pub access: AccessToken,
    pub refresh: RefreshToken,
    issued_at: Timestamp,
    access_expires_at: Timestamp,
    refresh_expires_at: Timestamp,
    session_ends_at: Timestamp,
}

#[derive(Debug)]
struct FamilyRow {
    user: UserName,
    signed_in_at: Timestamp,
    ends_at: Timestamp,
    /// The newest refresh token's number. The one before it stays good for being told the newest again.
    current: u64,
    current_expires_at: Timestamp,
    dead: Option<Refusal>,
}

#[derive(Debug)]
struct AccessRow {
    family: Family,
    issued: Instant,
    expires_at: Timestamp,
}

#[derive(Debug)]
pub struct Server {
    lifetimes: Lifetimes,
    renewal: Renewal,
    /// The mutant: a refresh token is good for one use, even when the answer was lost.
    strict_rotation: bool,
    families: Vec<FamilyRow>,
    accesses: Vec<AccessRow>,
    disabled: Option<UserName>,
}

impl Server {
    pub const fn new(lifetimes: Lifetimes, renewal: Renewal, strict_rotation: bool) -> Self {
        Self { lifetimes, renewal, strict_rotation, families: Vec::new(), accesses: Vec::new(), disabled: None }
    }

    pub fn sign_in(&mut self, user: UserName, now: Instant) -> Result<Issued, Refusal> {
        if self.disabled == Some(user) {
            return Err(Refusal::Disabled);
        }
        let issued_at = whole_second(now);
        let ends_at = issued_at + Duration::from_secs(self.lifetimes.session);
        let current_expires_at = self.refresh_expiry(issued_at, ends_at);
        self.families.push(FamilyRow {
            user,
            signed_in_at: issued_at,
            ends_at,
            current: 0,
            current_expires_at,
            dead: None,
        });
        Ok(self.issue(self.families.len() - 1, now))
    }

    pub fn refresh(&mut self, token: Option<&RefreshToken>, now: Instant) -> Result<Issued, Refusal> {
        let (family, number) = token.and_then(read_refresh).ok_or(Refusal::Unknown)?;
        self.alive(family, now)?;
        let row = &mut self.families[family];
        if number == row.current {
            if row.current_expires_at <= server_time(now) {
                return Err(Refusal::Expired);
            }
            if self.renewal == Renewal::Keeps {
                return Ok(self.issue(family, now));
            }
            row.current += 1;
            let ends_at = row.ends_at;
            self.families[family].current_expires_at = self.refresh_expiry(whole_second(now), ends_at);
        } else if number + 1 < row.current || self.strict_rotation {
            row.dead = Some(Refusal::FamilyKilled);
            return Err(Refusal::Reused);
        }
        Ok(self.issue(family, now))
    }

    /// The protected resource: of which session, and whose it is.
    pub fn read(&self, token: Option<&AccessToken>, now: Instant) -> Result<(Family, UserName), Refusal> {
        let row = &self.accesses[token.and_then(read_access).ok_or(Refusal::Unknown)?];
        if row.expires_at <= server_time(now) {
            return Err(Refusal::Expired);
        }
        self.alive(row.family, now)?;
        Ok((row.family, self.families[row.family].user))
    }

    pub fn sign_out(&mut self, token: Option<&RefreshToken>) {
        if let Some((family, _)) = token.and_then(read_refresh) {
            self.families[family].dead.get_or_insert(Refusal::SignedOut);
        }
    }

    pub fn end(&mut self, family: Family) {
        self.families[family].dead.get_or_insert(Refusal::SignedOut);
    }

    /// Whether the browser can still go on with the session.
    pub fn is_refreshable(&self, family: Family, now: Instant) -> bool {
        self.alive(family, now).is_ok() && self.families[family].current_expires_at > server_time(now)
    }

    /// Whether the session will never live again. A person who was disabled may be enabled again.
    pub fn is_gone(&self, family: Family, now: Instant) -> bool {
        let row = &self.families[family];
        row.dead.is_some() || row.ends_at <= server_time(now) || row.current_expires_at <= server_time(now)
    }

    /// What the browser is told of a session that it holds.
    pub fn describe(&self, family: Family, access: Option<&AccessToken>, now: Instant) -> FoundSession {
        let row = &self.families[family];
        let access = access.and_then(read_access).map(|access| &self.accesses[access]);
        let access = access.filter(|access| access.expires_at > server_time(now));
        FoundSession {
            session: session_id(family),
            user: user_of(row.user, family),
            signed_in_at: Some(row.signed_in_at),
            access_issued_at: access.map(|access| whole_second(access.issued)),
            access_expires_at: access.map(|access| access.expires_at),
            refresh_expires_at: Some(row.current_expires_at),
            session_ends_at: Some(row.ends_at),
        }
    }

    pub fn disable(&mut self, user: Option<UserName>) {
        self.disabled = user;
    }

    /// Whether a refresh with the family's newest token would be granted.
    pub fn alive(&self, family: Family, now: Instant) -> Result<(), Refusal> {
        let row = &self.families[family];
        if let Some(dead) = row.dead {
            Err(dead)
        } else if row.ends_at <= server_time(now) {
            Err(Refusal::SessionOver)
        } else if self.disabled == Some(row.user) {
            Err(Refusal::Disabled)
        } else {
            Ok(())
        }
    }

    pub fn ends_at(&self, family: Family) -> Timestamp {
        self.families[family].ends_at
    }

    pub fn access_expiry(&self, token: &AccessToken) -> Option<Timestamp> {
        Some(self.accesses[read_access(token)?].expires_at)
    }

    pub fn issued_at(&self, token: &AccessToken) -> Instant {
        read_access(token).map_or(0, |row| self.accesses[row].issued)
    }

    pub fn access_family(&self, token: &AccessToken) -> Option<Family> {
        Some(self.accesses[read_access(token)?].family)
    }

    pub fn refresh_family(token: &RefreshToken) -> Option<Family> {
        read_refresh(token).map(|(family, _)| family)
    }

    /// The same successor for the same old token; the access token is new each time.
    fn issue(&mut self, family: Family, now: Instant) -> Issued {
        let row = &self.families[family];
        let issued_at = whole_second(now);
        let access_expires_at = match self.renewal {
            Renewal::Never { .. } => row.ends_at,
            _ => (issued_at + Duration::from_secs(self.lifetimes.access)).min(row.ends_at),
        };
        self.accesses.push(AccessRow { family, issued: now, expires_at: access_expires_at });
        Issued {
            family,
            access: AccessToken::new(format!("a.{}", self.accesses.len() - 1)).expect("a token"),
            refresh: RefreshToken::new(format!("r.{family}.{}", row.current)).expect("a token"),
            issued_at,
            access_expires_at,
            refresh_expires_at: row.current_expires_at,
            session_ends_at: row.ends_at,
        }
    }

    fn refresh_expiry(&self, issued_at: Timestamp, ends_at: Timestamp) -> Timestamp {
        (issued_at + Duration::from_secs(self.lifetimes.refresh)).min(ends_at)
    }
}

impl Issued {
    /// What the page is told of it.
    pub fn tokens(&self, kind: CredentialKind, renewal: Renewal) -> IssuedTokens {
        let is_renewed = renewal.renews();
        let is_bearer = kind == CredentialKind::Bearer;
        let says_when = is_renewed || (is_bearer && renewal == Renewal::Never { says_when: true });
        let credentials = match kind {
            CredentialKind::Cookie => Credentials::Cookie,
            CredentialKind::SessionCookie => Credentials::SessionCookie { session: session_id(self.family) },
            CredentialKind::Bearer => Credentials::Bearer {
                access: self.access.clone(),
                refresh: Some(self.refresh.clone()).filter(|_| is_renewed),
            },
        };
        IssuedTokens {
            credentials,
            access_issued_at: Some(self.issued_at),
            access_expires_at: says_when.then_some(self.access_expires_at),
            refresh_expires_at: is_renewed.then_some(self.refresh_expires_at),
            session_ends_at: is_renewed.then_some(self.session_ends_at),
        }
    }
}

fn whole_second(now: Instant) -> Timestamp {
    Timestamp::from_secs(server_time(now).as_millis().div_euclid(1000))
}

fn read_access(token: &AccessToken) -> Option<usize> {
    token.secret().strip_prefix("a.")?.parse().ok()
}

fn read_refresh(token: &RefreshToken) -> Option<(Family, u64)> {
    let (family, number) = token.secret().strip_prefix("r.")?.split_once('.')?;
    Some((family.parse().ok()?, number.parse().ok()?))
}
