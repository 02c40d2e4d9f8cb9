// The built files of one app, compressed once and kept in memory.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { FILE_HEADERS, documentHeaders } from "./security-headers.js";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};
// The twins that a build made beside its files: here every app is compressed by the same hand.
const TWIN = /\.(br|gz)$/;
/** A name with the hash of its content, as trunk, Vite and Next.js write it. */
const HASHED = /-[\w-]{8,}(_bg)?\.\w+$|-[0-9a-f]{1,16}(_bg)?\.\w+$/;
const FOREVER = "public, max-age=31536000, immutable";

/** All files below a folder, by their URLs below `base`. */
export function readFolder(folder, { base = "/", isImmutable = (url) => HASHED.test(url), policy } = {}) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => statSync(path.join(folder, name)).isFile());
  const served = names.filter((name) => !TWIN.test(name) && !path.basename(name).startsWith("."));
  return new Map(
    served.map((name) => {
      const url = base + name.split(path.sep).join("/");
      return [url, entry(path.join(folder, name), { isImmutable: isImmutable(url), policy })];
    }),
  );
}

function entry(file, { isImmutable, policy }) {
  const body = readFileSync(file);
  const extension = path.extname(file);
  const isDocument = extension === ".html";
  return {
    bodies: compressed(body),
    etag: `"${createHash("sha256").update(body).digest("hex").slice(0, 32)}"`,
    headers: {
      "content-type": TYPES[extension] ?? "application/octet-stream",
      "cache-control": isImmutable && !isDocument ? FOREVER : "no-cache",
      ...FILE_HEADERS,
      ...(isDocument ? documentHeaders(body.toString(), policy) : {}),
    },
  };
}

export function compressed(body) {
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return { br: brotliCompressSync(body, { params: parameters }), gzip: gzipSync(body, { level: 9 }), identity: body };
}

/** Answers with a file: 304 to who has it, compressed to who takes that. */
export function sendFile(request, response, { bodies, etag, headers }) {
  const unhashed = headers["cache-control"] === FOREVER ? {} : { etag };
  if (unhashed.etag && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag, "cache-control": headers["cache-control"] });
    return response.end();
  }
  const accepted = request.headers["accept-encoding"] ?? "";
  const coding = ["br", "gzip"].find((name) => accepted.includes(name)) ?? "identity";
  const body = bodies[coding];
  response.writeHead(200, {
    ...headers,
    ...unhashed,
    "content-length": body.length,
    vary: "Accept-Encoding",
    ...(coding === "identity" ? {} : { "content-encoding": coding }),
  });
  response.end(body);
}
