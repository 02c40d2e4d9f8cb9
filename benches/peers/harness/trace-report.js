// Traces as tables: the main thread's work, and the requests in their order.

import { PROTOCOLS, networkName } from "./conditions.js";
import { table } from "./report.js";
import { median } from "./statistics.js";
import { KINDS } from "./tracing.js";

const VISITS = 5;
const CELLS = [
  { protocol: "http1", network: "none", cpu: 1 },
  { protocol: "http1", network: "none", cpu: 4 },
  { protocol: "http1", network: "slow4g", cpu: 4 },
];

/** Traces each app and says where its time goes. */
export async function traceAll(traveller, apps) {
  const parts = [];
  for (const cell of CELLS) {
    const visits = new Map(apps.map((app) => [app, []]));
    for (let visit = 0; visit < VISITS; visit += 1) {
      for (const app of apps) visits.get(app).push(await traveller.trace(app, cell));
    }
    const { protocol, network, cpu } = cell;
    parts.push(
      `### Trace: ${PROTOCOLS[protocol]}, ${networkName(network)}, x${cpu}`,
      work(visits),
      ...requests(visits),
    );
  }
  return parts.join("\n\n");
}

function work(visits) {
  const kinds = Object.keys(KINDS);
  const rows = [...visits].map(([app, all]) => {
    const figures = kinds.map((kind) => median(all.map((visit) => visit.work[kind])));
    const times = [median(all.map(({ firstPaint }) => firstPaint)), median(all.map(({ ms }) => ms))];
    return [app.title, ...[...times, ...figures].map(Math.round)];
  });
  return table(["Main thread, ms", "first paint", "posts", ...kinds], rows);
}

/** The requests of the visit in the middle, from start to end. */
function requests(visits) {
  return [...visits].map(([app, all]) => {
    const middle = all.toSorted((a, b) => a.ms - b.ms)[Math.floor(all.length / 2)];
    const rows = middle.requests.map(({ path, start, end, bytes }) => [
      path,
      Math.round(start),
      Math.round(end),
      bytes,
    ]);
    return table([app.title, "from ms", "to ms", "bytes"], rows);
  });
}
