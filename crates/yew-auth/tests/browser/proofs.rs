//! Proofs as a test reads them, and the keys that sign them.

use serde_json::Value;
use wasm_bindgen_futures::JsFuture;

use crate::backend::Request;

/// A proof that came with a request.
#[derive(Clone, Debug)]
pub struct Proof {
    text: String,
    pub header: Value,
    pub claims: Value,
}

impl Proof {
    /// The proof of a request that has one.
    pub fn of(request: &Request) -> Self {
        let text = request.header("dpop").unwrap_or_else(|| panic!("no proof: {request:?}")).to_owned();
        let part = |place| serde_json::from_str(&js::text(text.split('.').nth(place).unwrap())).unwrap();
        Self { header: part(0), claims: part(1), text }
    }

    /// Whether its signature is by the key in its header.
    pub async fn is_signed(&self) -> bool {
        done(js::is_signed(&self.text)).await.is_truthy()
    }

    /// The public key that signed it.
    pub fn key(&self) -> &Value {
        &self.header["jwk"]
    }
}

/// Forgets the keys of earlier tests, and makes the page wait for what its cryptography does.
pub async fn start() {
    done(js::forget_keys()).await;
    js::track();
}

/// The browser has no IndexedDB.
pub fn block_database() {
    js::block_database();
}

/// The SHA-256 of a token, as a proof names it.
pub async fn hash(token: &str) -> String {
    done(js::hash(token)).await.as_string().unwrap()
}

/// For each key pair that the browser keeps, whether a script can copy its private half.
pub async fn kept_keys_are_extractable() -> Vec<bool> {
    let pairs = js_sys::Array::from(&done(js::kept_pairs()).await);
    let mut found = Vec::new();
    for pair in pairs {
        let private = js_sys::Reflect::get(&pair, &"privateKey".into()).unwrap();
        found.push(done(js::is_extractable(&private)).await.is_truthy());
    }
    found
}

async fn done(promise: js_sys::Promise) -> wasm_bindgen::JsValue {
    JsFuture::from(promise).await.unwrap()
}

mod js {
    use js_sys::Promise;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/tests/browser/proofs.js")]
    extern "C" {
        pub fn track();
        pub fn block_database();
        pub fn forget_keys() -> Promise;
        pub fn kept_pairs() -> Promise;
        pub fn is_extractable(key: &JsValue) -> Promise;
        pub fn is_signed(proof: &str) -> Promise;
        pub fn hash(token: &str) -> Promise;
        pub fn text(encoded: &str) -> String;
    }
}
