import react from "@vitejs/plugin-react";

// Two apps of one folder: ENTRY names the one to build, "oidc" or "query".
const { ENTRY } = process.env;
const entry = { name: "entry", transformIndexHtml: { order: "pre", handler: (html) => html.replace("ENTRY", ENTRY) } };

export default {
  plugins: [react(), entry],
  build: { outDir: `dist/${ENTRY}`, target: "es2022", modulePreload: { polyfill: false } },
};
