// One process for all apps: the same headers, compression, cache rules and API for each, told apart by the host's name.

import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { text } from "node:stream/consumers";

import { Api, isApi } from "./api.js";
import { sendFile } from "./files.js";
import { FILE_HEADERS } from "./security-headers.js";
import { closed, listening } from "./listener.js";
import * as provider from "./provider.js";

export class Server {
  #listeners;
  #sites = new Map();

  constructor(posts) {
    this.api = new Api(posts);
  }

  /** Listens over HTTP/1.1, and over HTTP/2 with TLS. */
  async start(certificate) {
    const plain = createServer({ keepAliveTimeout: 60_000 }, (request, response) =>
      this.#serve(request, response, false),
    );
    const secure = createSecureServer(certificate, (request, response) => this.#serve(request, response, true));
    this.#listeners = { http1: plain, http2: secure };
    await Promise.all([listening(plain), listening(secure)]);
  }

  /** The API's own origin, for servers. */
  get apiOrigin() {
    return `http://127.0.0.1:${this.#listeners.http1.address().port}`;
  }

  /** Where an app is: each has a host of its own, and so cookies and a storage of its own. */
  origin(name, protocol) {
    const scheme = protocol === "http2" ? "https" : "http";
    return `${scheme}://${name}.localhost:${this.#listeners[protocol].address().port}`;
  }

  /** A site answers with the file of a path, or `forward`s what its own server has to answer. */
  add(name, site) {
    this.#sites.set(name, site);
  }

  async stop() {
    await Promise.all(Object.values(this.#listeners).map(closed));
  }

  async #serve(request, response, isSecure) {
    try {
      await this.#answer(request, response, isSecure);
    } catch (error) {
      console.error(`${request.method} ${request.url}:`, error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  }

  async #answer(request, response, isSecure) {
    const host = request.headers[":authority"] ?? request.headers.host;
    const scheme = isSecure ? "https" : "http";
    const { pathname: path, searchParams: query } = new URL(request.url, `${scheme}://${host}`);
    const site = this.#sites.get(host.split(".")[0]);
    const body = request.method === "GET" ? undefined : await text(request);
    if (site?.isForwarded?.(path)) return site.server.forward(request, { host, scheme }, body, response);
    if (!isApi(path) && !provider.isProviders(path)) return this.#file(site, path, request, response);
    const origin = `${scheme}://${host}`;
    const bearer = request.headers.authorization?.replace(/^Bearer /, "");
    const { method, headers } = request;
    const asked = { method, path, query, headers, body, form: new URLSearchParams(body), origin, isSecure, bearer };
    send(response, isApi(path) ? await this.api.answer(asked) : provider.answer(asked));
  }

  #file(site, path, request, response) {
    const file = site?.file(path);
    if (file) return sendFile(request, response, file);
    // What a browser asks for by itself, where a page names no icon.
    response.writeHead(path === "/favicon.ico" ? 204 : 404, FILE_HEADERS).end();
  }
}

function send(response, [status, body, headers = {}]) {
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(body && JSON.stringify(body));
  const common = { "content-type": "application/json", "cache-control": "no-store", ...FILE_HEADERS };
  response.writeHead(status, { ...common, ...headers, ...(bytes && { "content-length": bytes.length }) });
  response.end(bytes);
}
