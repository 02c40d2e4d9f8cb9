import start from "./scratch-app.js";

start({ module_or_path: "/scratch-app_bg.wasm" });
