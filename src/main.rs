//! The example app: sign in, and read posts that stay current. It uses the library as any other app would.

#[cfg(target_family = "wasm")]
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

mod app;
mod forms;
mod layout;
mod lazy;
mod pages;
mod posts;
mod route;
mod session;
mod ui;

// Two kilobytes smaller than the standard library's allocator.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();

fn main() {
    app::start();
}
