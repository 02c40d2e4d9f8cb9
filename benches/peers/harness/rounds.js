// All cells in rounds: whatever the machine does meanwhile meets every app alike.

import { isFor } from "./journeys.js";
import { cellName } from "./plan.js";
import { shuffled } from "./statistics.js";

export class Samples {
  #byKey = new Map();

  add(app, cell, sample) {
    const key = this.#key(app, cell);
    this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), sample]);
  }

  of(app, cell) {
    return this.#byKey.get(this.#key(app, cell)) ?? [];
  }

  toJSON() {
    return Object.fromEntries(this.#byKey);
  }

  #key(app, cell) {
    return `${app.name}: ${cellName(cell)}`;
  }
}

/** Measures each cell once per round on each app, in an order that is new each time. */
export async function run({ traveller, apps, cells, rounds, next, onRound }) {
  const samples = new Samples();
  for (let round = 1; round <= rounds; round += 1) {
    for (const cell of shuffled(cells, next)) {
      const present = apps.filter((app) => isFor(cell.journey, app));
      for (const app of shuffled(present, next)) {
        samples.add(app, cell, await measured(traveller, app, cell));
      }
    }
    onRound(round, samples);
  }
  return samples;
}

async function measured(traveller, app, cell) {
  try {
    return await traveller.measure(cell.journey, app, cell);
  } catch (error) {
    throw new Error(`${app.title}, ${cellName(cell)}: ${error.message}`, { cause: error });
  }
}
