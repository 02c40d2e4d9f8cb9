// How many bytes the app's WebAssembly has taken. It stands before the page's own scripts.
(() => {
  let memory;
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await original(...given);
      // Modules that come later share the memory of the first.
      memory ??= (result.instance ?? result).exports.memory;
      return result;
    };
  }
  window.wasmMemory = () => memory.buffer.byteLength;
})();
