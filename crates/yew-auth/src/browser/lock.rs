//! The lock that lets one tab of a browser refresh at a time.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::lease::Lease;
use super::storage::SharedItem;

/// A lock that all tabs share: a Web Lock, or a note in the shared storage if the browser has no Web Locks for this page.
#[derive(Clone, Debug)]
pub(crate) struct Lock {
    name: String,
    lease: SharedItem,
}

/// How to take the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taking {
    /// Only if it is free.
    IfFree,
    /// Even if another tab holds it.
    FromHolder,
}

/// Another tab holds the lock. Has the id of its lease, if that is known.
#[derive(Debug)]
pub(crate) struct Busy(pub(crate) Option<String>);

/// The lock, held until this is dropped.
#[derive(Debug)]
#[must_use]
pub(crate) struct LockGuard {
    _lease: Lease,
    _held: Option<Held>,
}

impl Lock {
    pub(crate) fn new(name: String) -> Self {
        Self { lease: SharedItem::new(name.clone() + ".lease"), name }
    }

    pub(crate) async fn take(&self, how: Taking) -> Result<LockGuard, Busy> {
        let web_lock = match manager() {
            Some(manager) => Held::request(&manager, &self.name, how).await,
            None => Err(Refused::NoLocks),
        };
        let guard = match web_lock {
            Ok(held) => Some(LockGuard { _lease: Lease::write(&self.lease), _held: Some(held) }),
            Err(Refused::Taken) => None,
            Err(Refused::NoLocks) if how == Taking::IfFree && self.holder().is_some() => None,
            Err(Refused::NoLocks) => {
                Lease::contend(&self.lease).await.map(|lease| LockGuard { _lease: lease, _held: None })
            }
        };
        guard.ok_or_else(|| Busy(self.holder()))
    }

    fn holder(&self) -> Option<String> {
        self.lease.read().ok().flatten()
    }
}

/// A Web Lock is held for as long as the promise that the callback returned is pending; dropping this resolves it.
#[derive(Debug)]
struct Held {
    release: Function,
}

/// Why there is no Web Lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    /// Another tab holds it.
    Taken,
    /// The browser has none, or none for this page: it refuses them where it blocks storage (Web Locks, section 3.3).
    NoLocks,
}

impl Held {
    async fn request(manager: &LockManager, name: &str, how: Taking) -> Result<Self, Refused> {
        let (held, release) = deferred();
        let (answer, tell) = deferred();
        let option = match how {
            Taking::IfFree => "ifAvailable",
            Taking::FromHolder => "steal",
        };
        let options = Object::new();
        Reflect::set(&options, &option.into(), &JsValue::TRUE).map_err(|_| Refused::NoLocks)?;
        let on_lock = {
            let tell = tell.clone();
            Closure::once(move |lock: JsValue| {
                let _ = tell.call1(&JsValue::NULL, &JsValue::from_bool(!lock.is_null()));
                held
            })
        };
        let request = manager.request(name, &options, on_lock.as_ref()).map_err(|_| Refused::NoLocks)?;
        spawn_local(async move {
            // Rejected: the browser refuses locks to this page, or the lock was stolen long after it was granted.
            if JsFuture::from(Promise::resolve(&request)).await.is_err() {
                let _ = tell.call1(&JsValue::NULL, &JsValue::UNDEFINED);
            }
            drop(on_lock);
        });
        let held = Self { release };
        match JsFuture::from(answer).await.ok().and_then(|granted| granted.as_bool()) {
            Some(true) => Ok(held),
            Some(false) => Err(Refused::Taken),
            None => Err(Refused::NoLocks),
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// A promise and the function that resolves it.
fn deferred() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    // The executor of a promise is called before its constructor returns (ECMA-262, 27.2.3.1).
    (promise, resolver.unwrap_or_default())
}

fn manager() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    (locks.is_object()).then(|| locks.unchecked_into())
}

#[wasm_bindgen]
extern "C" {
    /// In web-sys this type is behind an unstable cfg, which every user of the library would have to set.
    #[derive(Clone)]
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &Object, callback: &JsValue) -> Result<JsValue, JsValue>;
}
