// What the main thread of a page does from the navigation to the posts: a trace, summed up by kind of work.

const CATEGORIES = [
  "toplevel",
  "blink.user_timing",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "disabled-by-default-v8.compile",
  "v8",
  "v8.wasm",
];

/** The kinds of work, and the names of the events that count as such. The first that fits is taken. */
export const KINDS = {
  compile: /compile|wasm|^V8\.Parse|^v8\.parse|ScriptStreamer|v8\.deserialize|v8\.produce/i,
  collect: /GC|Heap|Scavenge/,
  style: /UpdateLayoutTree|ParseAuthorStyleSheet|RecalcStyle/,
  layout: /^Layout$|Layout::|UpdateLayout/,
  paint: /PrePaint|^Paint|Layerize|Commit|CompositeLayers|UpdateLayer|Raster/,
  script:
    /FunctionCall|EvaluateScript|evaluateModule|RunMicrotasks|v8\.run|V8\.Execute|AnimationFrame|TimerFire|EventDispatch|Streams|XHR/i,
  parse: /ParseHTML/,
  other: /./,
};

/** Starts to trace; the function that it returns ends that, and returns the events. */
export async function startTracing(session) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on("Tracing.dataCollected", collect);
  await session.send("Tracing.start", { categories: CATEGORIES.join(","), transferMode: "ReportEvents" });
  return async () => {
    const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await complete;
    session.off("Tracing.dataCollected", collect);
    return events;
  };
}

/** The mark that a page sets when its posts are painted. */
const MARK = "posts-painted";

/** The main thread's milliseconds by kind of work, from the navigation to the mark. */
export function workByKind(events) {
  const mark = events.find(({ name }) => name === MARK);
  const isNavigation = ({ name, pid }) => name === "navigationStart" && pid === mark?.pid;
  const navigation = events.findLast(isNavigation);
  if (!navigation) throw new Error("the trace has no navigation that led to posts");
  const isOwn = ({ ph, pid, tid }) => ph === "X" && pid === mark.pid && tid === mark.tid;
  const inTime = events.filter(isOwn).filter(({ ts, dur = 0 }) => ts + dur > navigation.ts && ts < mark.ts);
  const sums = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 0]));
  for (const { name, self } of selfTimes(inTime)) sums[kindOf(name)] += self / 1000;
  return sums;
}

const kindOf = (name) => Object.keys(KINDS).find((kind) => KINDS[kind].test(name));

/** Each event with the time that no event within it has taken. */
export function selfTimes(events) {
  const sorted = events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const open = [];
  return sorted.map(({ name, ts, dur = 0 }) => {
    while (open.length && open.at(-1).end <= ts) open.pop();
    const event = { name, self: dur, end: ts + dur };
    if (open.length) open.at(-1).self -= dur;
    open.push(event);
    return event;
  });
}
