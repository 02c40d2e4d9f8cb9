// Two browsers: one that forgets each visit, and one that keeps what people's browsers keep from day to day.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { chromium } from "playwright-core";

const OBSERVE = new URL("./observe.js", import.meta.url);
const VIEWPORT = { width: 1280, height: 800 };
const TIMEOUT_MS = 90_000;

/** An open page that counts as failed as soon as anything goes wrong on it. */
export class Page {
  #problems = [];

  static async open(context) {
    const self = new Page();
    self.page = await context.newPage();
    self.page.setDefaultTimeout(TIMEOUT_MS);
    self.page.on("pageerror", (error) => self.#problems.push(error.message));
    self.page.on(
      "console",
      (message) => message.type() === "error" && self.#problems.push(`${message.text()} (${message.location().url})`),
    );
    self.session = await context.newCDPSession(self.page);
    return self;
  }

  /** Fails with all that went wrong. */
  check() {
    if (this.#problems.length) throw new Error(`the page reports: ${this.#problems.join("; ")}`);
  }

  close() {
    return this.page.close();
  }
}

export class Browsers {
  #observe;
  #profile;

  static async launch({ executablePath, pin }) {
    const self = new Browsers();
    const args = [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
      "--host-resolver-rules=MAP *.localhost 127.0.0.1",
      `--ignore-certificate-errors-spki-list=${pin}`,
    ];
    self.#observe = await readFile(OBSERVE, "utf8");
    self.#profile = await mkdtemp(path.join(os.tmpdir(), "peers-"));
    self.fresh = await chromium.launch({ executablePath, args });
    self.lasting = await chromium.launchPersistentContext(self.#profile, { executablePath, args, viewport: VIEWPORT });
    await self.lasting.addInitScript(self.#observe);
    return self;
  }

  get version() {
    return this.fresh.version();
  }

  /** A DevTools session of the whole browser. */
  session() {
    return this.fresh.newBrowserCDPSession();
  }

  /** A context without any cache, signed in as `storageState` says. */
  async freshContext(storageState) {
    const context = await this.fresh.newContext({ storageState, viewport: VIEWPORT });
    await context.addInitScript(this.#observe);
    return context;
  }

  async close() {
    await Promise.all([this.fresh.close(), this.lasting.close()]);
    await rm(this.#profile, { recursive: true, force: true });
  }
}
