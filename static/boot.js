// Starts the app. A release makes one file of this, the other modules of the page and the code that wasm-bindgen wrote.

const NO_WASM =
  "This app needs WebAssembly, which this browser does not have or has switched off. Use a current browser, " +
  "or allow it for this site (on an iPhone: Lockdown Mode), then reload the page.";
const NOT_LOADED = "The app could not be loaded. Check your connection, then reload the page.";
const STOPPED = "Something went wrong, and this page has stopped working. Reload it to go on.";

function say(sentence) {
  document.getElementById("loading")?.remove();
  const text = document.createElement("p");
  text.textContent = sentence;
  const reload = document.createElement("button");
  reload.type = "button";
  reload.className = "button button-quiet";
  reload.textContent = "Reload";
  reload.addEventListener("click", () => location.reload());
  document.getElementById("fault").replaceChildren(text, reload);
}

const isTrap = (error) => error instanceof WebAssembly.RuntimeError;

// The only page that does not need the second module.
const FIRST = "/posts";

// Asks early for what the second module needs; xtask/src/release/load_lazy.js takes the answers. Not by a preload, after
// which WebKit would load both twice.
function requestLazy() {
  if (location.pathname.replace(/\/$/, "") === FIRST) return;
  window.lazyRequests = {};
  for (const { href, dataset } of document.querySelectorAll("link[data-lazy]")) {
    const request = fetch(href, { integrity: dataset.integrity, signal: AbortSignal.timeout(60_000) });
    // Whoever takes the answer is told of a failure.
    request.catch(() => {});
    window.lazyRequests[dataset.lazy] = request;
  }
}

// What head_start.js has compiled. Where it has not, the app is compiled without it, and the page of the session says so.
async function compiled() {
  try {
    if (window.headStart) return await window.headStart.module;
    throw new Error("the script in the head did not run");
  } catch (error) {
    window.headStart = { note: `The app was compiled late: ${error.message}.` };
    const { href, dataset } = document.querySelector('link[as="fetch"]');
    return fetch(href, { integrity: dataset.integrity });
  }
}

/** Starts the app with the code that wasm-bindgen wrote. */
export async function start(glue) {
  if (typeof WebAssembly !== "object") {
    say(NO_WASM);
    return;
  }
  // A panic in the app ends in a trap, after which the page no longer responds. Any other error may be an extension's.
  // The error still appears in the console.
  addEventListener("error", ({ error }) => {
    if (isTrap(error)) say(STOPPED);
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    if (isTrap(reason)) say(STOPPED);
  });
  requestLazy();
  try {
    await (await glue).default({ module_or_path: await compiled() });
  } catch (error) {
    say(isTrap(error) ? STOPPED : NOT_LOADED);
    throw error;
  }
}

// In development the code is a file of its own, which trunk names.
const glue = document.querySelector('link[rel="modulepreload"]');
if (glue) start(import(glue.href));
