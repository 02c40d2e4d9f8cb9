// The headers of every document, the same for all apps: the app's own, as Trunk.toml has them.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const TRUNK = new URL("../../../Trunk.toml", import.meta.url);
const POLICY = "content-security-policy";

/** What a browser is told about every file, document or not. */
export const FILE_HEADERS = { "x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-origin" };

/** The headers of `[serve.headers]`, by their names in lower case. */
export function readHeaders(toml) {
  const section = toml.split(/^\[serve\.headers\]$/m)[1]?.split(/^\[/m)[0] ?? "";
  const pairs = [...section.matchAll(/^([\w-]+) = "(.*)"$/gm)].map(([, name, value]) => [name.toLowerCase(), value]);
  const headers = Object.fromEntries(pairs);
  if (!headers[POLICY]) throw new Error("Trunk.toml has no [serve.headers] with a policy");
  return headers;
}

/** What stands between the tags of each executable script or style of a document. */
export function inlineContents(html, tag) {
  const elements = html.matchAll(new RegExp(`<${tag}\\b([^>]*)>([\\s\\S]*?)</${tag}>`, "g"));
  const isExecutable = ([, attributes]) => !/\bsrc=/.test(attributes) && !/type="?application\/json/.test(attributes);
  return [...elements].filter(isExecutable).map(([, , content]) => content);
}

const source = (content) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;

/**
 * The headers of a document: the policy names its inline scripts and styles by their hashes, and allows no others. An
 * app that makes scripts' addresses out of strings gets the policy without Trusted Types.
 */
export function documentHeaders(html, { trustedTypes = true } = {}, toml = readFileSync(TRUNK, "utf8")) {
  const headers = readHeaders(toml);
  const add = (directive, tag) => {
    const hashes = inlineContents(html, tag).map((content) => ` ${source(content)}`);
    headers[POLICY] = headers[POLICY].replace(directive, `${directive}${hashes.join("")}`);
  };
  add("script-src 'self'", "script");
  add("style-src 'self'", "style");
  if (!trustedTypes) headers[POLICY] = headers[POLICY].replace(/; require-trusted-types-for .*$/, "");
  return headers;
}
