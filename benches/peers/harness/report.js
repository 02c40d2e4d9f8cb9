// The results as a section of a document, in Markdown.

import { networkName, PROTOCOLS } from "./conditions.js";
import { JOURNEYS, isFor } from "./journeys.js";
import { median, quantile, ratio } from "./statistics.js";

const whole = (value) => String(Math.round(value));
const hundredths = (value) => value.toFixed(2);

/** A table of Markdown, its first column words and the others figures. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|---|${"---:|".repeat(head.length - 1)}`, ...rows.map(line)].join("\n");
}

const condition = ({ protocol, network, cpu }) => `${PROTOCOLS[protocol]}, ${networkName(network)}, x${cpu}`;

/** The whole section: what was measured, a table of medians and one of ratios for each journey, and what was loaded. */
export function report({ machine, apps, cells, rounds, samples }) {
  const parts = Object.entries(JOURNEYS).map(([journey, title]) => {
    const own = cells.filter((cell) => cell.journey === journey);
    const present = apps.filter((app) => isFor(journey, app));
    return own.length ? journeySection(title, present, own, samples) : [];
  });
  return [introduction(machine, rounds), ...parts.flat(), ...loads(apps, cells, samples)].join("\n\n");
}

const introduction = (machine, rounds) =>
  `${machine.browser}, ${machine.processor}, ${machine.cores} cores, ${machine.system}, ${machine.date}. ${rounds} rounds. ` +
  "A cell holds the median in milliseconds and the middle half of the rounds. A ratio is that of the medians, with its " +
  "95 % confidence interval; under 1 this app is ahead.";

function journeySection(title, apps, cells, samples) {
  const [ours, ...others] = apps;
  const values = (app, cell) => samples(app, cell).map(({ ms }) => ms);
  const times = (app, cell) => {
    const all = values(app, cell);
    return `${whole(median(all))} (${whole(quantile(all, 0.25))} to ${whole(quantile(all, 0.75))})`;
  };
  const against = (app, cell) => {
    const { value, low, high } = ratio(values(ours, cell), values(app, cell));
    return `${hundredths(value)} (${hundredths(low)} to ${hundredths(high)})`;
  };
  const rows = (list, cellOf) => cells.map((cell) => [condition(cell), ...list.map((app) => cellOf(app, cell))]);
  const parts = [
    `### ${title[0].toUpperCase()}${title.slice(1)}`,
    table(["ms", ...apps.map((app) => app.title)], rows(apps, times)),
  ];
  if (!others.length) return parts;
  return [
    ...parts,
    table(["This app's time divided by that of", ...others.map(({ title }) => title)], rows(others, against)),
  ];
}

/** What a first visit asks for until the posts are painted: requests and kilobytes, the document's included. */
function loads(apps, cells, samples) {
  const cell = cells.findLast(({ journey }) => journey === "cold");
  if (!cell) return [];
  const rows = apps.map((app) => {
    const visits = samples(app, cell).map(({ requests }) => requests);
    const kilobytes = visits.map((requests) => requests.reduce((sum, { bytes }) => sum + bytes, 0) / 1000);
    return [app.title, whole(median(visits.map((requests) => requests.length))), median(kilobytes).toFixed(1)];
  });
  return ["### Loaded before the posts are painted", table(["First visit", "requests", "KB"], rows)];
}
