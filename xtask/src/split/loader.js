let second;

async function loadSecond() {
    const { href, dataset } = document.querySelector("link[data-later]");
    // A line that has gone silent is no reason to wait for ever.
    const response = await fetch(href, { integrity: dataset.integrity, signal: AbortSignal.timeout(60_000) });
    const imports = { __wasm_split: { SHARED } };
    // As the first module: not every server knows what wasm is.
    await (response.headers.get("content-type") === "application/wasm"
        ? WebAssembly.instantiateStreaming(response, imports)
        : WebAssembly.instantiate(await response.arrayBuffer(), imports));
}

const LINK = {
    __proto__: null,
    async __wasm_split_load_later(callback, data) {
        let isThere = true;
        try {
            await (second ??= loadSecond());
        } catch (error) {
            console.warn(error);
            second = undefined;
            isThere = false;
        }
        wasm.__indirect_function_table.get(callback)(data, isThere);
    },
};
