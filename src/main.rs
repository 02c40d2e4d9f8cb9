//! The example app: sign in, and read posts that stay current. It uses the library as any other app would.

mod app;

fn main() {
    app::start();
}
