const path = require("node:path");

// The workspace's root, where npm puts the packages.
const root = path.join(__dirname, "../..");

module.exports = { poweredByHeader: false, compress: false, turbopack: { root }, outputFileTracingRoot: root };
