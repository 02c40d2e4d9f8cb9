// `cargo xtask bench peers` builds all apps and runs this: `node bench.js --dist <the release build>`.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { listApps } from "./apps.js";
import { Browsers } from "./harness/browser.js";
import { withSection } from "./harness/document.js";
import { Traveller } from "./harness/journeys.js";
import { FULL, QUICK, cellName } from "./harness/plan.js";
import { report } from "./harness/report.js";
import { run } from "./harness/rounds.js";
import { random } from "./harness/statistics.js";
import { makeCertificate } from "./server/certificate.js";
import { NextServer } from "./server/next-server.js";
import { Posts } from "./server/posts.js";
import { Server } from "./server/server.js";

const ROOT = path.join(import.meta.dirname, "../..");
const DOCUMENT = path.join(ROOT, "docs/performance.md");

const { values: options } = parseArgs({
  options: {
    dist: { type: "string" },
    chrome: { type: "string", default: "/usr/bin/chromium" },
    out: { type: "string", default: path.join(ROOT, "target/peers.json") },
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    app: { type: "string", multiple: true, default: [] },
    cell: { type: "string", multiple: true, default: [] },
    seed: { type: "string", default: String(Date.now() % 1e9) },
  },
});

if (!options.dist) throw new Error("--dist: where is the release build of the app?");
const plan = options.quick ? QUICK : FULL;
const isPartial = options.app.length > 0 || options.cell.length > 0;
const rounds = Number(options.rounds ?? plan.rounds);
const isChosen = (cell) => options.cell.length === 0 || options.cell.some((words) => cellName(cell).includes(words));
const cells = plan.cells.filter(isChosen);

const posts = new Posts();
const certificate = await makeCertificate();
const server = new Server(posts);
await server.start(certificate);
const nextServer = await NextServer.start(path.join(import.meta.dirname, "apps/next"), server.apiOrigin);
const all = listApps({ dist: path.resolve(options.dist), nextServer });
const apps = all.filter(({ name }) => name === "yew" || options.app.length === 0 || options.app.includes(name));
for (const { name, site } of apps) server.add(name, site());
const browsers = await Browsers.launch({ executablePath: options.chrome, pin: certificate.pin });

try {
  const machine = describeMachine();
  console.error(`${cells.length} cells, ${apps.length} apps, ${rounds} rounds, seed ${options.seed}`);
  const started = Date.now();
  const onRound = (round, samples) => {
    writeFileSync(options.out, JSON.stringify({ machine, seed: options.seed, samples }, null, 1));
    console.error(`round ${round} of ${rounds}: ${Math.round((Date.now() - started) / 1000)} s`);
  };
  const traveller = new Traveller(server, browsers, posts);
  const samples = await run({ traveller, apps, cells, rounds, next: random(Number(options.seed)), onRound });
  const section = report({ machine, apps, cells, rounds, samples: (app, cell) => samples.of(app, cell) });
  console.log(`\n${section}\n`);
  if (isPartial) console.error("not all was measured: docs/performance.md stays as it is");
  else
    writeFileSync(
      DOCUMENT,
      withSection(existsSync(DOCUMENT) ? readFileSync(DOCUMENT, "utf8") : "# Performance\n", section),
    );
} finally {
  await browsers.close();
  await server.stop();
  await nextServer.stop();
}

function describeMachine() {
  return {
    browser: `Chromium ${browsers.version}`,
    processor: os.cpus()[0]?.model.trim() ?? "unknown processor",
    cores: os.cpus().length,
    system: `${os.type()} ${os.release()}`,
    date: new Date().toISOString().slice(0, 10),
  };
}
