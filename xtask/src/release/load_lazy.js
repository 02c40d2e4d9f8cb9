// Loads the second module, where and as the page says. The first module calls the exported function, once for each
// attempt, with a function of its own to call when the second module is there or could not be loaded.

import { initSync } from "./app.js";

let loading;

async function load() {
  const { href, dataset } = document.querySelector("link[data-lazy]");
  const response = await fetch(href, { integrity: dataset.integrity, signal: AbortSignal.timeout(60_000) });
  // The exports of the running first module.
  const imports = { __wasm_split: initSync() };
  // Not every server sends the type that streaming insists on, and not every browser has it.
  const canStream = WebAssembly.instantiateStreaming && response.headers.get("content-type") === "application/wasm";
  await (canStream
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports));
}

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
