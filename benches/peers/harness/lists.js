// Long lists: what 10,000 posts cost at first, and what a poll costs that changes nothing, or one post.

import { Page } from "./browser.js";
import { table } from "./report.js";
import { median } from "./statistics.js";

const SIZES = [100, 10_000];
const VISITS = 3;
const POSTS = "/api/posts/";
const CONDITIONS = { protocol: "http1" };

/** Measures each app with each size, one after the other in each round. */
export async function measureLists(traveller, apps) {
  const parts = [];
  for (const size of SIZES) {
    const results = new Map(apps.map((app) => [app, []]));
    for (let visit = 0; visit < VISITS; visit += 1) {
      for (const app of apps) results.get(app).push(await visitList(traveller, app, size));
    }
    parts.push(`### ${size.toLocaleString("en")} posts`, section(results));
  }
  return parts.join("\n\n");
}

function section(results) {
  const rows = [...results].map(([app, visits]) => {
    const figure = (value) => median(visits.map(value)).toFixed(1);
    const poll = (name) =>
      `${figure((visit) => visit[name].task)} (${Math.round(median(visits.map((visit) => visit[name].mutations)))})`;
    return [app.title, figure(({ list }) => list), poll("same"), poll("changed")];
  });
  return table(
    ["Main thread, ms (DOM mutations)", "answer to list painted", "poll, unchanged", "poll, one post changed"],
    rows,
  );
}

async function visitList(traveller, app, size) {
  const { posts } = traveller;
  const { context, origin } = await traveller.signedInContext(app, CONDITIONS);
  posts.reset(size);
  try {
    const page = await Page.open(context);
    await page.session.send("Performance.enable");
    await page.page.goto(`${origin}/posts`, { waitUntil: "commit" });
    // Some draw a long list by and by: what is painted first is what fits on a screen.
    const painted = await page.page.evaluate((count) => bench.whenPosts(count), Math.min(size, 100));
    const list = painted - (await page.page.evaluate((path) => bench.answeredAt(path), POSTS));
    await page.page.evaluate((count) => bench.whenPosts(count), size);
    await page.page.evaluate(() => bench.countMutations());
    const same = await poll(page);
    posts.changeOne();
    const changed = await poll(page);
    page.check();
    return { list, same, changed };
  } finally {
    posts.reset(100);
    await context.close();
  }
}

/** The next poll: the main thread's milliseconds from its request until the page is idle again, and the mutations. */
async function poll(page) {
  const isPoll = (message) => new URL(message.url()).pathname === POSTS;
  const answered = page.page.waitForEvent("requestfinished", isPoll);
  await page.page.waitForRequest(isPoll);
  const [before, mutationsBefore] = [await taskTime(page), await page.page.evaluate(() => bench.mutations)];
  await answered;
  await page.page.evaluate(() => bench.whenIdle());
  const mutations = (await page.page.evaluate(() => bench.mutations)) - mutationsBefore;
  return { task: (await taskTime(page)) - before, mutations };
}

async function taskTime({ session }) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}
