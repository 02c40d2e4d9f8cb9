import assert from "node:assert/strict";
import { test } from "node:test";

import { selfTimes, workByKind } from "../harness/tracing.js";

const event = (name, ts, dur, more) => ({ name, ts, dur, ph: "X", pid: 1, tid: 1, args: {}, ...more });
const NAVIGATION = event("navigationStart", 1000, 0, { ph: "R" });
const MARK = event("posts-painted", 101_000, 0, { ph: "I" });

test("time is counted once, for the innermost event", () => {
  const times = selfTimes([
    event("RunTask", 0, 100),
    event("FunctionCall", 10, 50),
    event("Layout", 20, 30),
    event("Paint", 70, 5),
  ]);
  const self = Object.fromEntries(times.map(({ name, self }) => [name, self]));
  assert.deepEqual(self, { RunTask: 45, FunctionCall: 20, Layout: 30, Paint: 5 });
});

test("only the page's own main thread counts, from its navigation to its mark", () => {
  const events = [
    NAVIGATION,
    event("Layout", 0, 500),
    event("Layout", 2000, 3000),
    event("Layout", 2000, 9000, { tid: 2 }),
    event("UpdateLayoutTree", 6000, 4000),
    event("wasm.CompileLazy", 12_000, 1000),
    event("FunctionCall", 900_000, 1000),
    MARK,
  ];
  const { layout, style, compile, script } = workByKind(events);
  assert.deepEqual([layout, style, compile, script], [3, 4, 1, 0]);
});

test("a trace without posts, or of another page, is refused", () => {
  assert.throws(() => workByKind([NAVIGATION]), /no navigation/);
  assert.throws(() => workByKind([{ ...NAVIGATION, pid: 2 }, MARK]), /no navigation/);
});
