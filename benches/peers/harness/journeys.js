// What people do, and what they wait for. Each journey is measured on one app under one set of conditions.

import assert from "node:assert/strict";

import { Page } from "./browser.js";
import { hinder } from "./conditions.js";
import { startTracing, workByKind } from "./tracing.js";

const COUNT = 100;
const VISITS_BEFORE = 3;

export const JOURNEYS = {
  cold: "posts, cold",
  returning: "posts, returning",
  form: "sign-in form, cold",
  signIn: "signed in by password to posts",
};

/** Whether an app has what the journey needs. */
export const isFor = (journey, app) => app.hasForm || journey === "cold" || journey === "returning";

export class Traveller {
  #states = new Map();
  #known = new Set();

  constructor(server, browsers, posts) {
    Object.assign(this, { server, browsers, posts });
  }

  /** One visit: its milliseconds, the first paint, and what was asked for until then. */
  measure(journey, app, conditions) {
    const origin = this.server.origin(app.name, conditions.protocol);
    return this[journey](app, origin, conditions);
  }

  /** Signed in, with nothing cached, until the posts are painted. */
  async cold(app, _origin, conditions) {
    const { context, origin } = await this.signedInContext(app, conditions);
    try {
      return await this.#visitPosts(context, origin, conditions);
    } finally {
      await context.close();
    }
  }

  /** Signed in, with all in the HTTP cache, in a new renderer. */
  async returning(app, origin, conditions) {
    const context = this.browsers.lasting;
    if (!this.#known.has(origin)) {
      await this.#signIn(context, app, origin);
      for (let visit = 0; visit < VISITS_BEFORE; visit += 1) await this.#visitPosts(context, origin, {});
      this.#known.add(origin);
    }
    return this.#visitPosts(context, origin, conditions);
  }

  /** A stranger, with nothing cached, until a typed letter is kept and a press of the button sends. */
  async form(_app, origin, conditions) {
    const context = await this.browsers.freshContext();
    try {
      const page = await Page.open(context);
      await hinder(page.session, conditions);
      await page.page.goto(`${origin}/sign-in`, { waitUntil: "commit" });
      const time = await page.page.evaluate(() => bench.whenFormSends());
      assert.deepEqual(
        this.server.api.logins.at(-1),
        { username: "u", password: "p" },
        "what was typed is what was sent",
      );
      return await result(page, time);
    } finally {
      await context.close();
    }
  }

  /** From the press of the button on a page that is at rest, until the posts are painted. */
  async signIn(_app, origin, conditions) {
    const context = await this.browsers.freshContext();
    try {
      const page = await Page.open(context);
      await page.page.goto(`${origin}/sign-in?next=%2Fposts`, { waitUntil: "networkidle" });
      await page.page.fill("input[name=username]", "demo");
      await page.page.fill("input[name=password]", "demo-password");
      await hinder(page.session, conditions);
      const time = await page.page.evaluate((count) => bench.pressToPosts(count), COUNT);
      await this.#checkPosts(page);
      return { ms: time };
    } finally {
      await context.close();
    }
  }

  async #visitPosts(context, origin, conditions, beforeClosing = () => {}) {
    const page = await Page.open(context);
    try {
      await hinder(page.session, conditions);
      await page.page.goto(`${origin}/posts`, { waitUntil: "commit" });
      const time = await page.page.evaluate((count) => bench.whenPosts(count), COUNT);
      await this.#checkPosts(page);
      await beforeClosing();
      return await result(page, time);
    } finally {
      await page.close();
    }
  }

  /** What an app shows has to be the posts, all of them, in their order. */
  async #checkPosts(page, { ignoreProblems = false } = {}) {
    assert.deepEqual(await page.page.evaluate(() => bench.titles()), this.posts.titles, "the page shows the posts");
    if (!ignoreProblems) page.check();
  }

  /** A cold visit, traced: its milliseconds, its requests and the main thread's work until then. */
  async trace(app, conditions) {
    // From before the page has a process until after it was read, so that nothing of it is missed.
    const end = await startTracing(await this.browsers.session());
    const { context, origin } = await this.signedInContext(app, conditions);
    try {
      let events;
      const visit = await this.#visitPosts(context, origin, conditions, async () => (events = await end()));
      return { ...visit, work: workByKind(events) };
    } finally {
      await context.close();
    }
  }

  /** A context without any cache in which somebody is signed in to an app, and where the app is. */
  async signedInContext(app, { protocol }) {
    const origin = this.server.origin(app.name, protocol);
    return { origin, context: await this.browsers.freshContext(await this.#signedIn(app, origin)) };
  }

  /** The cookies and the storage of somebody who has signed in to an app. */
  async #signedIn(app, origin) {
    if (!this.#states.has(origin)) {
      const context = await this.browsers.freshContext();
      await this.#signIn(context, app, origin);
      this.#states.set(origin, await context.storageState());
      await context.close();
    }
    return this.#states.get(origin);
  }

  async #signIn(context, app, origin) {
    const page = await Page.open(context);
    await app.signIn(page.page, origin);
    // On the way there are pages that are not measured: next-auth's has a picture from the internet.
    await page.page.waitForSelector(".post h2, .post h3");
    await this.#checkPosts(page, { ignoreProblems: true });
    await page.close();
  }
}

async function result(page, time) {
  page.check();
  const requests = await page.page.evaluate((before) => bench.requests(before), time);
  return { ms: time, firstPaint: await page.page.evaluate(() => bench.firstPaint()), requests };
}
