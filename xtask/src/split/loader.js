let second;

async function loadSecond() {
    const { href, integrity } = document.querySelector("link[data-later]");
    await WebAssembly.instantiateStreaming(fetch(href, { integrity }), { __wasm_split: { SHARED } });
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
