// Starts the app. It is a file of its own, and not trunk's inline script, so that the page runs under a content
// security policy without 'unsafe-inline'.

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

function preloadLazy() {
  const lazy = document.querySelector("link[data-lazy]");
  if (lazy && location.pathname.replace(/\/$/, "") !== FIRST) lazy.rel = "preload";
}

async function start() {
  // The build writes both links: trunk in development, `cargo xtask build` for a release.
  const glue = document.querySelector('link[rel="modulepreload"]');
  const wasm = document.querySelector('link[rel="preload"][as="fetch"]');
  preloadLazy();
  // Browsers do not check the integrity of a preloaded fetch, so it is checked here.
  const [module, response] = await Promise.all([
    import(glue.href),
    fetch(wasm.href, { integrity: wasm.dataset.integrity }),
  ]);
  await module.default({ module_or_path: response });
}

if (typeof WebAssembly === "object") {
  // A panic in the app ends in a trap, after which the page no longer responds. Any other error may be an extension's.
  // The error still appears in the console.
  addEventListener("error", ({ error }) => {
    if (isTrap(error)) say(STOPPED);
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    if (isTrap(reason)) say(STOPPED);
  });
  start().catch((error) => {
    say(isTrap(error) ? STOPPED : NOT_LOADED);
    throw error;
  });
} else {
  say(NO_WASM);
}
