//! The example app: sign in, and read posts that stay current. It uses the library as any other app would.

#[cfg(target_family = "wasm")]
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

mod app;
mod callback_failure;
mod connection_notice;
mod countdown;
mod document;
mod field;
mod form;
mod form_errors;
mod header;
mod heading_focus;
mod held;
mod idle_limit;
mod later;
mod layout;
mod loading;
mod modal;
mod new_posts;
mod new_posts_offer;
mod no_posts;
mod notice;
mod outcome;
mod pages;
mod password_form;
mod post;
mod post_card;
mod post_filter;
mod post_list;
mod post_parts;
mod post_reader;
mod post_tools;
mod post_wish;
mod provider_buttons;
mod refresh_word;
mod return_path;
mod route;
mod router;
mod session_end;
mod session_warning;
mod sign_in_again;
mod stale_notice;
mod strips;
mod updated;
mod value;
mod words;

/// Smaller by two kilobytes than what Rust brings.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: WasmDynamicTalc = new_wasm_dynamic_allocator();

fn main() {
    app::start();
}
