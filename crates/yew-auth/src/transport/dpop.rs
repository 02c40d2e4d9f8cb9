//! Proofs that a request comes from the browser that signed in (DPoP, RFC 9449).

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::rc::Rc;

use serde::Serialize;

use super::Header;
use crate::browser::crypto::{CryptoMissing, base64url, random_text, sha256_text};
use crate::browser::signing_key::{ALGORITHM, PublicKey, SigningKey};
use crate::browser::{clock, location};
use crate::json;
use yew_auth_session::AccessToken;

/// 128 bits.
const ID_BYTES: usize = 16;

/// Signs a proof for each request, with a key that no script can copy. [`Bearer::with_dpop`](super::Bearer::with_dpop)
/// makes one.
///
/// Clones share their key and their nonce.
#[derive(Clone)]
pub struct Dpop(Rc<Inner>);

struct Inner {
    key_name: String,
    key: OnceCell<SigningKey>,
    /// The backend's newest one. It says how old a proof is, whatever the browser's clock shows.
    nonce: RefCell<Option<String>>,
}

#[derive(Serialize)]
struct JoseHeader<'a> {
    typ: &'static str,
    alg: &'static str,
    jwk: &'a PublicKey,
}

#[derive(Serialize)]
struct Claims<'a> {
    jti: String,
    htm: &'a str,
    htu: String,
    iat: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ath: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
}

impl Dpop {
    /// Before the token in the header `Authorization` (RFC 9449 section 7.1).
    pub(crate) const SCHEME: &str = "DPoP ";

    /// The header that presents a token which is bound to the key.
    pub(crate) fn authorization(token: &AccessToken) -> Header {
        ("authorization", Self::SCHEME.to_owned() + token.secret())
    }

    /// `key_name` is the name under which the browser keeps the key.
    pub(super) fn new(key_name: String) -> Self {
        Self(Rc::new(Inner { key_name, key: OnceCell::new(), nonce: RefCell::default() }))
    }

    /// The proof for one request (RFC 9449 section 4.2). `token` is the access token that the request carries.
    pub(crate) async fn proof(&self, method: &str, url: &str, token: Option<&str>) -> Result<String, CryptoMissing> {
        let key = self.key().await?;
        let ath = match token {
            Some(token) => Some(sha256_text(token).await?),
            None => None,
        };
        let claims = Claims {
            jti: random_text(ID_BYTES)?,
            htm: method,
            // Without query and fragment.
            htu: location::absolute(url.split(['?', '#']).next().unwrap_or_default()),
            iat: clock::wall().as_millis().div_euclid(1_000),
            ath,
            nonce: self.0.nonce.borrow().clone(),
        };
        let header = JoseHeader { typ: "dpop+jwt", alg: ALGORITHM, jwk: key.public() };
        let signed = format!("{}.{}", encoded(&header), encoded(&claims));
        let signature = key.sign(&signed).await?;
        Ok(format!("{signed}.{}", base64url(&signature)))
    }

    /// The next proof says that it is not older than this.
    pub(crate) fn take_nonce(&self, nonce: String) {
        self.0.nonce.replace(Some(nonce));
    }

    async fn key(&self) -> Result<&SigningKey, CryptoMissing> {
        if let Some(key) = self.0.key.get() {
            return Ok(key);
        }
        let loaded = SigningKey::load(&self.0.key_name).await?;
        // Another request may have loaded it meanwhile. Without storage that is another key.
        Ok(self.0.key.get_or_init(|| loaded))
    }
}

/// They sign with the same key.
impl PartialEq for Dpop {
    fn eq(&self, other: &Self) -> bool {
        self.0.key_name == other.0.key_name
    }
}

impl Eq for Dpop {}

impl fmt::Debug for Dpop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Dpop").field(&self.0.key_name).finish()
    }
}

fn encoded(value: &impl Serialize) -> String {
    base64url(json::text(value).as_bytes())
}
