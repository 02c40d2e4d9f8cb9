import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { connect } from "node:http2";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";

import { makeCertificate } from "../server/certificate.js";
import { readFolder } from "../server/files.js";
import { Posts } from "../server/posts.js";
import { documentHeaders } from "../server/security-headers.js";
import { Server } from "../server/server.js";
import { issueTokens } from "../server/tokens.js";

const PAGE = "<!doctype html><script>start()</script><style>p{}</style><script src='a.js'></script>";
const SCRIPT = "app-0123456789abcdef.js";

let server, certificate, folder;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "peers-test-"));
  writeFileSync(path.join(folder, "index.html"), PAGE);
  writeFileSync(path.join(folder, SCRIPT), "x".repeat(5000));
  const files = readFolder(folder);
  certificate = await makeCertificate();
  server = new Server(new Posts());
  server.add("one", { file: (url) => files.get(url === "/" ? "/index.html" : url) });
  await server.start(certificate);
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const ask = (url, options) => fetch(server.apiOrigin + url, options);

test("a document has all headers of the app's own page, and its inline parts by their hashes", async () => {
  const options = { headers: { host: "one.localhost" } };
  const { headers } = await new Promise((done) =>
    get(`${server.apiOrigin}/`, options, (answer) => done(answer.resume())),
  );
  const policy = headers["content-security-policy"];
  assert.equal(policy.match(/'sha256-/g).length, 2);
  assert.match(policy, /script-src 'self' 'sha256-[^']+' 'wasm-unsafe-eval'/);
  assert.match(policy, /style-src 'self' 'sha256-[^']+'/);
  assert.equal(headers["cross-origin-opener-policy"], "same-origin");
  assert.equal(headers["cache-control"], "no-cache");
});

test("only an app that cannot do with Trusted Types is sent none, and nothing else changes for it", () => {
  const [strict, lax] = [documentHeaders(PAGE), documentHeaders(PAGE, { trustedTypes: false })];
  const directives = strict["content-security-policy"].split("; ");
  const others = directives.filter((directive) => !directive.includes("trusted-types"));
  assert.equal(directives.length, others.length + 2);
  assert.equal(lax["content-security-policy"], others.join("; "));
});

test("posts are for who has signed in, and the same bytes for all of them", async () => {
  assert.equal((await ask("/api/posts/")).status, 401);
  const authorization = `Bearer ${issueTokens().access}`;
  const login = { method: "POST", body: JSON.stringify({ username: "u", password: "p" }) };
  const granted = await ask("/api/auth/login/", { ...login, headers: { "x-session-id": "none" } });
  assert.equal((await granted.json()).access, undefined, "over cookies no script sees a token");
  const cookie = granted.headers.getSetCookie()[0].split(";")[0];
  const answers = await Promise.all([{ authorization }, { cookie }].map((headers) => ask("/api/posts/", { headers })));
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  assert.equal(bodies[0], bodies[1]);
  assert.equal(JSON.parse(bodies[0]).length, 100);
  assert.equal(answers[0].headers.get("content-encoding"), "gzip");
  const known = { authorization, "if-none-match": answers[0].headers.get("etag") };
  assert.equal((await ask("/api/posts/", { headers: known })).status, 304);
});

test("a refresh token, a forged one and none at all are refused alike", async () => {
  const { access, refresh } = issueTokens();
  for (const token of [refresh, `${access}x`, "a.b.c", ""]) {
    const answer = await ask("/api/posts/", { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 401);
  }
});

test("HTTP/2 answers with the same file and headers as HTTP/1.1", async () => {
  const address = server.origin("one", "http2").replace("one.localhost", "127.0.0.1");
  const session = connect(address, { ca: certificate.cert, checkServerIdentity: () => undefined });
  const head = { ":path": `/${SCRIPT}`, ":authority": "one.localhost", "accept-encoding": "br" };
  const stream = session.request(head);
  const headers = await new Promise((resolve) => stream.on("response", resolve));
  await text(stream);
  session.close();
  assert.equal(headers[":status"], 200);
  assert.equal(headers["content-encoding"], "br");
  assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
});
