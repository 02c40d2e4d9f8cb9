//! A key that signs, and that nobody can take out of the browser.

mod store;

use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use super::crypto::{CryptoMissing, crypto};

/// The algorithm of the key in a JSON Web Signature (RFC 7518 section 3.4). Every browser has it.
pub(crate) const ALGORITHM: &str = "ES256";

/// An elliptic key pair. Its private half is not extractable: a script of the page can sign with it for as long as the page
/// is open, and cannot copy it.
pub(crate) struct SigningKey {
    private: CryptoKey,
    public: PublicKey,
}

/// The public half as a JSON Web Key (RFC 7518 section 6.2).
#[derive(Serialize)]
pub(crate) struct PublicKey {
    kty: String,
    crv: String,
    x: String,
    y: String,
}

impl SigningKey {
    /// The key of this name that the browser keeps, or a new one. Where nothing can be kept, each page has its own.
    pub(crate) async fn load(name: &str) -> Result<Self, CryptoMissing> {
        if let Some(pair) = store::read(name).await {
            return Self::of(&pair).await;
        }
        let pair = generate().await?;
        let kept = store::add(name, &pair).await;
        Self::of(kept.as_ref().unwrap_or(&pair)).await
    }

    async fn of(pair: &JsValue) -> Result<Self, CryptoMissing> {
        let public = PublicKey::export(&half(pair, "publicKey")?).await?;
        Ok(Self { private: half(pair, "privateKey")?, public })
    }

    pub(crate) fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The signature, as a JSON Web Signature has it.
    pub(crate) async fn sign(&self, text: &str) -> Result<Vec<u8>, CryptoMissing> {
        let algorithm = object(&[("name", "ECDSA"), ("hash", "SHA-256")]);
        let subtle = subtle()?;
        let signing = subtle.sign_with_object_and_u8_array(&algorithm, &self.private, text.as_bytes());
        Ok(Uint8Array::new(&done(signing).await?).to_vec())
    }
}

impl PublicKey {
    async fn export(key: &CryptoKey) -> Result<Self, CryptoMissing> {
        let jwk = done(subtle()?.export_key("jwk", key)).await?;
        let member = |name| Reflect::get(&jwk, &JsValue::from_str(name)).ok()?.as_string();
        let read = || Some(Self { kty: member("kty")?, crv: member("crv")?, x: member("x")?, y: member("y")? });
        read().ok_or(CryptoMissing)
    }
}

async fn generate() -> Result<JsValue, CryptoMissing> {
    let algorithm = object(&[("name", "ECDSA"), ("namedCurve", "P-256")]);
    let usages = Array::of1(&"sign".into());
    done(subtle()?.generate_key_with_object(&algorithm, false, &usages)).await
}

fn half(pair: &JsValue, name: &str) -> Result<CryptoKey, CryptoMissing> {
    Reflect::get(pair, &name.into()).and_then(JsCast::dyn_into).map_err(|_| CryptoMissing)
}

/// Missing on pages that are neither from https nor from localhost.
fn subtle() -> Result<SubtleCrypto, CryptoMissing> {
    let subtle = Reflect::get(&crypto()?.into(), &"subtle".into()).map_err(|_| CryptoMissing)?;
    subtle.dyn_into().map_err(|_| CryptoMissing)
}

fn object(members: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // An object that was just made takes every member.
        let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    object
}

async fn done(promise: Result<js_sys::Promise, JsValue>) -> Result<JsValue, CryptoMissing> {
    JsFuture::from(promise.map_err(|_| CryptoMissing)?).await.map_err(|_| CryptoMissing)
}
