//! The page that a test runs in.

use std::cell::Cell;
use std::time::Duration;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use yew_auth::transport::Cookie;
use yew_auth::{AuthConfig, Origin, Timestamp};

use crate::transport::Transport;

/// What the wall clock shows at the start of each test.
const START: Timestamp = Timestamp::from_secs(1_800_000_000);

/// How long, in the page's time, a test waits for something to happen.
const TIMEOUT_SECS: u32 = 120;

thread_local! {
    static OPENED: Cell<u32> = const { Cell::new(0) };
    static TRANSPORT: Cell<Transport> = const { Cell::new(Transport::Bearer) };
}

/// A page with empty storage, stopped clocks, and no network but the test's. One is open at a time.
pub struct Page {
    name: String,
}

impl Page {
    /// Waits first until everything of an earlier test has ended.
    pub async fn open() -> Self {
        Self::open_over(Transport::Bearer).await
    }

    /// The same, for an app and a backend with this transport.
    pub async fn open_over(transport: Transport) -> Self {
        done(js::settle()).await;
        let number = OPENED.get() + 1;
        OPENED.set(number);
        TRANSPORT.set(transport);
        js::open(START.as_millis() as f64);
        Self { name: format!("test-{number}") }
    }

    /// The prefix of this test's storage, lock and channel.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn config(&self) -> AuthConfig {
        let config = match transport() {
            Transport::Cookie => AuthConfig::cookie(),
            Transport::FixedCookie => AuthConfig::over(Cookie::with_fixed_names()),
            Transport::Bearer => AuthConfig::bearer(Origin::same_origin()),
        };
        config.with_name(&self.name)
    }

    /// Waits until nothing is in flight any more.
    pub async fn settle(&self) {
        done(js::settle()).await;
    }

    /// Advances both clocks and fires the timers that come due, one after the other, each to its end.
    pub async fn advance(&self, by: Duration) {
        done(js::advance(by.as_secs_f64() * 1000.0)).await;
    }

    pub async fn advance_secs(&self, secs: u64) {
        self.advance(Duration::from_secs(secs)).await;
    }

    /// Advances second by second until `condition` holds.
    pub async fn advance_until(&self, what: &str, mut condition: impl FnMut() -> bool) {
        for _ in 0..TIMEOUT_SECS {
            if condition() {
                return;
            }
            self.advance_secs(1).await;
        }
        panic!("not within {TIMEOUT_SECS} s: {what}");
    }

    pub fn now(&self) -> Timestamp {
        now()
    }

    /// Sets the wall clock. The monotonic clock does not change.
    pub fn jump_wall_clock(&self, secs: f64) {
        js::set_wall_clock(js_sys::Date::now() + secs * 1000.0);
    }

    pub fn timers_fired(&self) -> u32 {
        js::timers_fired()
    }

    pub async fn set_visible(&self, visible: bool) {
        js::set_visible(visible);
        self.settle().await;
    }

    pub async fn set_online(&self, online: bool) {
        js::set_online(online);
        self.settle().await;
    }

    /// The network goes on as before, and the browser says this about it.
    pub async fn say_online(&self, online: bool) {
        js::say_online(online);
        self.settle().await;
    }

    /// The browser keeps no cookies of scripts.
    pub fn disable_cookies(&self) {
        js::disable_cookies();
    }

    pub fn remove_locks(&self) {
        js::remove_locks();
    }

    /// Web Locks are there and refuse: by a rejection, or by throwing.
    pub fn refuse_locks(&self, throws: bool) {
        js::refuse_locks(throws);
    }

    /// The browser prepares the page in case somebody opens it, or it has been opened.
    pub async fn set_prerendering(&self, prerendering: bool) {
        js::set_prerendering(prerendering);
        self.settle().await;
    }

    /// The page's address has a name and a password in it.
    pub fn add_credentials_to_the_address(&self) {
        js::add_credentials_to_the_address();
    }

    /// Something of an extension stands in the place of `fetch`; `network.js` lists what.
    pub fn wrap_fetch(&self, how: &str) {
        js::wrap_fetch(how);
    }

    pub fn remove_broadcast(&self) {
        js::remove_broadcast();
    }

    pub fn block_storage(&self) {
        js::block_storage();
    }

    pub fn fill_storage(&self) {
        js::fill_storage();
    }

    /// The stored session record, as text.
    pub fn record(&self) -> Option<String> {
        storage().get_item(&self.record_key()).unwrap()
    }

    /// The stored permit to prefetch, as text.
    pub fn prefetch_permit(&self) -> Option<String> {
        storage().get_item(&format!("{}.prefetch", self.name)).unwrap()
    }

    pub fn write_record(&self, text: &str) {
        storage().set_item(&self.record_key(), text).unwrap();
    }

    pub fn remove_record(&self) {
        storage().remove_item(&self.record_key()).unwrap();
    }

    /// Fires the event that the browser sends after another tab has written the record.
    pub async fn tell_of_the_record(&self) {
        let init = web_sys::StorageEventInit::new();
        init.set_key(Some(&self.record_key()));
        let event = web_sys::StorageEvent::new_with_event_init_dict("storage", &init).unwrap();
        web_sys::window().unwrap().dispatch_event(&event).unwrap();
        self.settle().await;
    }

    /// Leaves the note of a lock holder that does not respond any more.
    pub fn leave_a_dead_lease(&self) {
        storage().set_item(&format!("{}.refresh.lease", self.name), "a holder that is gone").unwrap();
    }

    /// Sets or removes a cookie that scripts may read.
    pub fn set_cookie(&self, name: &str, value: Option<&str>) {
        let age = if value.is_some() { "60" } else { "0" };
        let cookie = format!("{name}={}; Max-Age={age}", value.unwrap_or_default());
        js_sys::Reflect::set(&web_sys::window().unwrap().document().unwrap(), &"cookie".into(), &cookie.into())
            .unwrap();
    }

    /// The cookies that scripts may read.
    pub fn cookies(&self) -> String {
        let document = web_sys::window().unwrap().document().unwrap();
        js_sys::Reflect::get(&document, &"cookie".into()).unwrap().as_string().unwrap()
    }

    /// Takes the refresh lock like a tab that is then frozen.
    pub async fn hold_lock_forever(&self) {
        done(js::hold_lock_forever(&format!("{}.refresh", self.name))).await;
    }

    /// Restores the page from the back/forward cache.
    pub async fn show_again(&self) {
        self.dispatch("pageshow");
        self.settle().await;
    }

    /// Fires a key press.
    pub fn press_key(&self) {
        self.dispatch("keydown");
    }

    fn dispatch(&self, event: &str) {
        web_sys::window().unwrap().dispatch_event(&web_sys::Event::new(event).unwrap()).unwrap();
    }

    /// All that was written to the console since the page was opened.
    pub fn console(&self) -> String {
        js::console_text()
    }

    /// How many requests were aborted before their answer was complete.
    pub fn requests_aborted(&self) -> u32 {
        js::requests_aborted()
    }

    fn record_key(&self) -> String {
        format!("{}.session", self.name)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        js::close();
    }
}

/// The transport of the open page's app.
pub fn transport() -> Transport {
    TRANSPORT.get()
}

/// What the page's wall clock shows.
pub fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// Answers each `fetch` by `answer`, which gets the request as JSON.
pub fn install_fetch(answer: &Closure<dyn Fn(String) -> JsValue>) {
    js::install_fetch(answer.as_ref());
}

async fn done(promise: js_sys::Promise) {
    JsFuture::from(promise).await.unwrap();
}

fn storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

mod js {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/tests/browser/page.js")]
    extern "C" {
        pub fn open(wall: f64);
        pub fn close();
        pub fn settle() -> js_sys::Promise;
        pub fn advance(millis: f64) -> js_sys::Promise;
        pub fn set_wall_clock(wall: f64);
        pub fn timers_fired() -> u32;
        pub fn set_visible(visible: bool);
        pub fn disable_cookies();
        pub fn say_online(online: bool);
        pub fn hold_lock_forever(name: &str) -> js_sys::Promise;
        pub fn remove_locks();
        pub fn refuse_locks(throws: bool);
        pub fn set_prerendering(prerendering: bool);
        pub fn add_credentials_to_the_address();
        pub fn remove_broadcast();
        pub fn block_storage();
        pub fn fill_storage();
        pub fn console_text() -> String;
    }

    #[wasm_bindgen(module = "/tests/browser/network.js")]
    extern "C" {
        pub fn set_online(online: bool);
        pub fn wrap_fetch(how: &str);
        pub fn requests_aborted() -> u32;
        pub fn install_fetch(answer: &JsValue);
    }
}
