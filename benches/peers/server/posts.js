// The posts that every app gets, byte for byte the same.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUNDLED = new URL("../../../backend/posts/fixtures/posts.json", import.meta.url);

/** So many posts: those that come with the backend, and more of the same with numbers of their own. */
export function makePosts(count) {
  const bundled = JSON.parse(readFileSync(BUNDLED, "utf8"));
  return Array.from({ length: count }, (_, index) => {
    const { userId, title, body } = bundled[index % bundled.length];
    return { userId, id: index + 1, title: index < bundled.length ? title : `${title} ${index + 1}`, body };
  });
}

/** The feed: a list that can change, and its answer. */
export class Posts {
  #posts;
  #version = 0;

  constructor(count = 100) {
    this.reset(count);
  }

  reset(count) {
    this.#posts = makePosts(count);
    this.#encode();
  }

  /** The next answer differs in one post, in the middle of the first hundred. */
  changeOne() {
    const index = Math.min(50, this.#posts.length - 1);
    this.#posts[index] = { ...this.#posts[index], title: `changed in version ${this.#version}` };
    this.#encode();
  }

  get titles() {
    return this.#posts.map(({ title }) => title);
  }

  #encode() {
    this.#version += 1;
    const body = Buffer.from(JSON.stringify(this.#posts));
    // Plain gzip as a backend does it for each answer.
    this.answer = { body, gzip: gzipSync(body, { level: 6 }), etag: `"${this.#version}"` };
  }
}
