import assert from "node:assert/strict";
import { test } from "node:test";

import { FULL, QUICK, cellName } from "../harness/plan.js";
import { report } from "../harness/report.js";
import { Samples, run } from "../harness/rounds.js";
import { random } from "../harness/statistics.js";

const APPS = [
  { name: "yew", title: "Ours", hasForm: true },
  { name: "bare", title: "Bare" },
];
const MACHINE = { browser: "Chromium 1", processor: "x", cores: 2, system: "Linux", date: "2026-01-01" };
const PLAN = { apps: APPS, cells: QUICK.cells, next: random(1), onRound() {} };

test("each app is measured once per round in every cell that it has the page for", async () => {
  const measured = [];
  const measure = async (journey, app, cell) => measured.push(`${app.name} ${cellName(cell)}`) && { ms: 1 };
  await run({ ...PLAN, traveller: { measure }, rounds: 2 });
  const count = (words) => measured.filter((name) => name.includes(words)).length;
  assert.equal(count("yew"), 16);
  assert.equal(count("bare"), 12);
  assert.equal(count("bare form"), 0);
});

test("an app that shows something else ends the run with its name", async () => {
  const measure = async () => assert.fail("the page shows the posts");
  const failing = run({ ...PLAN, traveller: { measure }, rounds: 1 });
  await assert.rejects(failing, /(Ours|Bare), \w+ http[12] \w+ x[14]: the page shows the posts/);
});

test("quick is a part of the whole", () => {
  const names = new Set(FULL.cells.map(cellName));
  assert.equal(QUICK.cells.length, 8);
  assert.ok(QUICK.cells.every((cell) => names.has(cellName(cell))));
});

test("the report tells medians, and ratios under 1 where this app is ahead", () => {
  const [cell] = QUICK.cells;
  const samples = new Samples();
  for (const ms of [90, 100, 110]) {
    samples.add(APPS[0], cell, { ms, requests: [{ bytes: 1000 }] });
    samples.add(APPS[1], cell, { ms: 2 * ms, requests: [{ bytes: 500 }, { bytes: 1500 }] });
  }
  const measured = { machine: MACHINE, apps: APPS, cells: [cell], rounds: 3 };
  const text = report({ ...measured, samples: (app) => samples.of(app, cell) });
  assert.ok(text.includes("| HTTP/1.1, no delay, x1 | 100 (95 to 105) | 200 (190 to 210) |"), text);
  assert.ok(text.includes("| HTTP/1.1, no delay, x1 | 0.50 (0.50 to 0.50) |"), text);
  assert.ok(text.includes("| Bare | 2 | 2.0 |"), text);
});
