// Loads the second module and its styles, where and as the page says. The first module calls the exported function, once
// for each attempt, with a function of its own to call when the second module is there or could not be loaded.

import { initSync } from "./app.js";

function request(kind) {
  // static/boot.js may have asked already.
  const early = window.lazyRequests?.[kind];
  if (early) {
    delete window.lazyRequests[kind];
    return early;
  }
  const { href, dataset } = document.querySelector(`link[data-lazy="${kind}"]`);
  return fetch(href, { integrity: dataset.integrity, signal: AbortSignal.timeout(60_000) });
}

async function loadStyle() {
  const style = new CSSStyleSheet();
  style.replaceSync(await (await request("style")).text());
  document.adoptedStyleSheets = [style];
}

async function loadModule() {
  const response = await request("module");
  // The exports of the running first module.
  const imports = { __wasm_split: initSync() };
  // Not every server sends the type that streaming insists on, and not every browser has it.
  const canStream = WebAssembly.instantiateStreaming && response.headers.get("content-type") === "application/wasm";
  await (canStream
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports));
}

const arriving = {};

/** Loads each once. After a failure, another attempt loads only what is missing. */
function once(kind, load) {
  const forget = (error) => {
    delete arriving[kind];
    throw error;
  };
  return (arriving[kind] ??= load().catch(forget));
}

export async function __wasm_split_load_lazy(callback, data) {
  let isLoaded = true;
  try {
    await Promise.all([once("style", loadStyle), once("module", loadModule)]);
  } catch (error) {
    console.warn(error);
    isLoaded = false;
  }
  initSync().__indirect_function_table.get(callback)(data, isLoaded);
}
