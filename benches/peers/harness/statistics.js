// Medians, spread, and how sure a ratio is.

export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values) => quantile(values, 0.5);

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same elements in another order (Fisher and Yates). */
export function shuffled(elements, next) {
  const order = [...elements];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(next() * (last + 1));
    [order[last], order[chosen]] = [order[chosen], order[last]];
  }
  return order;
}

/**
 * The ratio of two medians, and the interval in which it lies with 95 % confidence, by the percentile bootstrap. The values
 * are paired by their rounds: what slowed a round down has slowed down both, so rounds are drawn and not values.
 */
export function ratio(ours, theirs, { draws = 4000, seed = 1 } = {}) {
  if (ours.length !== theirs.length) throw new Error("rounds come in pairs");
  const next = random(seed);
  const ratios = Array.from({ length: draws }, () => {
    const rounds = ours.map(() => Math.floor(next() * ours.length));
    return median(rounds.map((round) => ours[round])) / median(rounds.map((round) => theirs[round]));
  });
  return { value: median(ours) / median(theirs), low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) };
}
