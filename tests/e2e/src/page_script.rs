//! What every page of the app runs before its own scripts, in engines whose driver cannot do it.

use crate::browser::Engine;

/// Records the errors of the page's scripts. A page that is left reports what nobody has read.
const RECORD_ERRORS: &str = "
(() => {
    const errors = [];
    window.takePageErrors = async () => {
        // Timers that are due run first: their errors are recorded too.
        await new Promise((done) => setTimeout(done));
        return errors.splice(0);
    };
    const print = console.error;
    console.error = (...words) => { errors.push(words.map(String).join(' ')); print.apply(console, words); };
    addEventListener('error', ({ message, isTrusted }) => { if (isTrusted) errors.push(message); });
    addEventListener('unhandledrejection', ({ reason }) => 
        errors.push(`unhandled rejection: ${reason} ${reason?.stack ?? ''}`));
    const report = navigator.sendBeacon.bind(navigator, '/__e2e__/errors/');
    addEventListener('pagehide', () => errors.splice(0).forEach((error) => report(error)));
})();
";

/// Takes the errors that the page has recorded. Pages of other origins record none.
pub(crate) const TAKE_ERRORS: &str = "return window.takePageErrors?.() ?? []";

/// Stands in for a window manager and a network switch: the page is told that it is hidden or offline, and offline none of
/// its requests is sent.
const STAND_INS: &str = "
(() => {
    let isHidden = false, isOffline = false;
    const override = (object, name, get) => Object.defineProperty(object, name, { get, configurable: true });
    override(document, 'hidden', () => isHidden);
    override(document, 'visibilityState', () => isHidden ? 'hidden' : 'visible');
    override(navigator, 'onLine', () => !isOffline);
    window.setHidden = (hidden) => {
        isHidden = hidden;
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };
    window.setOffline = (offline) => {
        isOffline = offline;
        dispatchEvent(new Event(offline ? 'offline' : 'online'));
    };
    const send = window.fetch;
    window.fetch = (...request) => isOffline ? Promise.reject(new TypeError('offline')) : send(...request);
})();
";

/// The script of the harness for this engine.
pub(crate) fn page_script(engine: Engine) -> String {
    match engine {
        Engine::Chromium => String::new(),
        Engine::Firefox => RECORD_ERRORS.to_owned(),
        Engine::WebKit => format!("{RECORD_ERRORS}{STAND_INS}"),
    }
}
