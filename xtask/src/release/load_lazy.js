// Loads the second module and its styles, where and as the page says. The first module calls the exported function, once
// for each attempt, with a function of its own to call when the second module is there or could not be loaded.

import { initSync } from "./app.js";

let loading;

function request(kind) {
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

const load = () => Promise.all([loadStyle(), loadModule()]);

export async function __wasm_split_load_lazy(callback, data) {
  let isLoaded = true;
  try {
    await (loading ??= load());
  } catch (error) {
    console.warn(error);
    loading = undefined;
    isLoaded = false;
  }
  initSync().__indirect_function_table.get(callback)(data, isLoaded);
}
