//! Where keys are kept: only IndexedDB can hold a key without its bytes.

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use wasm_bindgen::JsValue;

const DATABASE: &str = "yew-auth";
const KEYS: &str = "keys";

/// The key pair of this name, if there is one. A browser that blocks its storage has none.
pub(super) async fn read(name: &str) -> Option<JsValue> {
    try_read(name).await.ok().flatten()
}

/// Keeps a key pair, unless another tab has kept one of this name meanwhile. Returns the one that is kept, if any can be.
pub(super) async fn add(name: &str, pair: &JsValue) -> Option<JsValue> {
    try_add(name, pair).await.ok()
}

async fn try_read(name: &str) -> Result<Option<JsValue>, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[KEYS], TransactionMode::ReadOnly)?;
    let found = transaction.object_store(KEYS)?.get(JsValue::from_str(name))?.await?;
    transaction.await?;
    database.close();
    Ok(found)
}

/// Reads and writes in one transaction, so that all tabs agree on one key.
async fn try_add(name: &str, pair: &JsValue) -> Result<JsValue, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[KEYS], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(KEYS)?;
    let key = JsValue::from_str(name);
    let kept = match store.get(key.clone())?.await? {
        Some(kept) => kept,
        None => {
            store.put(pair, Some(&key))?.await?;
            pair.clone()
        }
    };
    transaction.await?;
    database.close();
    Ok(kept)
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        // Should the store not come about, the transactions on it fail.
        let _ = event.database().and_then(|database| database.create_object_store(KEYS, ObjectStoreParams::new()));
    });
    request.await
}
