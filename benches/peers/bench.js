// `cargo xtask bench peers` builds all apps and runs this: `node bench.js --dist <the release build>`.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { listApps } from "./apps.js";
import { Browsers } from "./harness/browser.js";
import { withSection } from "./harness/document.js";
import { Traveller } from "./harness/journeys.js";
import { measureLists } from "./harness/lists.js";
import { FULL, QUICK, cellName } from "./harness/plan.js";
import { report } from "./harness/report.js";
import { run } from "./harness/rounds.js";
import { random } from "./harness/statistics.js";
import { traceAll } from "./harness/trace-report.js";
import { makeCertificate } from "./server/certificate.js";
import { NextServer } from "./server/next-server.js";
import { Posts } from "./server/posts.js";
import { Server } from "./server/server.js";

const ROOT = path.join(import.meta.dirname, "../..");
const DOCUMENT = path.join(ROOT, "docs/performance.md");
const RAW = path.join(ROOT, "target/peers.json");

const { values: options } = parseArgs({
  options: {
    dist: { type: "string" },
    chrome: { type: "string", default: "/usr/bin/chromium" },
    quick: { type: "boolean", default: false },
    trace: { type: "boolean", default: false },
    lists: { type: "boolean", default: false },
    rounds: { type: "string" },
    app: { type: "string", multiple: true, default: [] },
    cell: { type: "string", multiple: true, default: [] },
    seed: { type: "string", default: String(Date.now() % 1e9) },
  },
});

if (!options.dist) throw new Error("--dist: where is the release build of the app?");
const posts = new Posts();
const certificate = await makeCertificate();
const server = new Server(posts);
await server.start(certificate);
const nextServer = await NextServer.start(path.join(import.meta.dirname, "apps/next"), server.apiOrigin);
const apps = chosenApps();
for (const { name, site } of apps) server.add(name, site());
const browsers = await Browsers.launch({ executablePath: options.chrome, pin: certificate.pin });
try {
  const traveller = new Traveller(server, browsers, posts);
  if (options.trace) console.log(await traceAll(traveller, apps));
  else if (options.lists) console.log(await measureLists(traveller, apps));
  else await compare(traveller);
} finally {
  await browsers.close();
  await server.stop();
  await nextServer.stop();
}

/** The app under test, and of the others those that were named, or all. */
function chosenApps() {
  const all = listApps({ dist: path.resolve(options.dist), nextServer });
  const unknown = options.app.find((name) => !all.some((app) => app.name === name));
  if (unknown) throw new Error(`there is no app \`${unknown}\`: name ${all.map(({ name }) => name).join(", ")}`);
  return all.filter(({ name }) => name === "yew" || options.app.length === 0 || options.app.includes(name));
}

/** Measures what was asked for, prints it, and writes it into the document where it is the whole. */
async function compare(traveller) {
  const plan = options.quick ? QUICK : FULL;
  const rounds = Number(options.rounds ?? plan.rounds);
  const isChosen = (cell) => options.cell.length === 0 || options.cell.some((words) => cellName(cell).includes(words));
  const cells = plan.cells.filter(isChosen);
  const machine = describeMachine();
  console.error(`${cells.length} conditions, ${apps.length} apps, ${rounds} rounds, seed ${options.seed}`);
  const started = Date.now();
  mkdirSync(path.dirname(RAW), { recursive: true });
  const onRound = (round, samples) => {
    writeFileSync(RAW, JSON.stringify({ machine, seed: options.seed, samples }, null, 1));
    console.error(`round ${round} of ${rounds}: ${Math.round((Date.now() - started) / 1000)} s`);
  };
  const samples = await run({ traveller, apps, cells, rounds, next: random(Number(options.seed)), onRound });
  const section = report({ machine, apps, cells, rounds, samples: (app, cell) => samples.of(app, cell) });
  console.log(`\n${section}\n`);
  if (options.app.length || options.cell.length) console.error("this was a part: docs/performance.md stays as it is");
  else writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, "utf8"), section));
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
