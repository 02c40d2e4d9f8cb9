import assert from "node:assert/strict";
import { test } from "node:test";

import { median, quantile, random, ratio, shuffled } from "../harness/statistics.js";

test("a median is in the middle, and no outlier moves it", () => {
  assert.equal(median([3, 1, 1000]), 3);
  assert.equal(median([1, 2, 3, 1000]), 2.5);
});

test("a quantile lies between its neighbours", () => {
  assert.equal(quantile([0, 10], 0.25), 2.5);
  assert.equal(quantile([7], 0.975), 7);
});

test("an order is shuffled, keeps every element, and is the same for the same seed", () => {
  const elements = Array.from({ length: 20 }, (_, index) => index);
  const order = shuffled(elements, random(5));
  assert.notDeepEqual(order, elements);
  assert.deepEqual(
    order.toSorted((a, b) => a - b),
    elements,
  );
  assert.deepEqual(order, shuffled(elements, random(5)));
});

test("a ratio that is the same in each round has no interval, however much the rounds differ", () => {
  const theirs = [100, 200, 400, 800, 1600];
  const { value, low, high } = ratio(
    theirs.map((time) => time / 2),
    theirs,
  );
  assert.deepEqual([value, low, high], [0.5, 0.5, 0.5]);
});

test("an interval holds its ratio, and narrows with the number of rounds", () => {
  const noisy = (count, seed) =>
    Array.from(
      { length: count },
      (
        (next) => () =>
          100 + 20 * next()
      )(random(seed)),
    );
  const width = (count) => {
    const { value, low, high } = ratio(noisy(count, 1), noisy(count, 2));
    assert.ok(low <= value && value <= high, `${low} ${value} ${high}`);
    return high - low;
  };
  assert.ok(width(200) < width(8));
});

test("values without their rounds are refused", () => {
  assert.throws(() => ratio([1, 2], [1]), /pairs/);
});
