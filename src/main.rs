//! The example app: sign in, and read posts that stay current. It uses the library as any other app would.

#[cfg(target_family = "wasm")]
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

mod app;

/// Smaller by two kilobytes than what Rust brings.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: WasmDynamicTalc = new_wasm_dynamic_allocator();

fn main() {
    app::start();
}
