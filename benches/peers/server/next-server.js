// Next.js for what only it can answer: its own endpoints. Its pages and files are served as those of the others are.

import { createServer, request as ask } from "node:http";

import { closed, listening } from "./listener.js";

export class NextServer {
  #server;
  #app;

  /** Starts it, with the API at `api` for what next-auth asks by itself. */
  static async start(folder, api) {
    process.env.BACKEND_API_BASE = `${api}/api`;
    const { default: next } = await import("next");
    const self = new NextServer();
    self.#app = next({ dev: false, dir: folder, hostname: "127.0.0.1", port: 0 });
    await self.#app.prepare();
    const handle = self.#app.getRequestHandler();
    self.#server = createServer((request, response) => handle(request, response));
    await listening(self.#server);
    return self;
  }

  /** Hands a request on. HTTP/2 ends before it: Next.js speaks HTTP/1.1. */
  forward(incoming, { host, scheme }, body, outgoing) {
    const own = Object.entries(incoming.headers).filter(([name]) => !name.startsWith(":"));
    const headers = { ...Object.fromEntries(own), host, "x-forwarded-host": host, "x-forwarded-proto": scheme };
    const { port } = this.#server.address();
    const request = ask({ host: "127.0.0.1", port, path: incoming.url, method: incoming.method, headers }, (answer) => {
      const { connection, "keep-alive": _, "transfer-encoding": __, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode, kept);
      answer.pipe(outgoing);
    });
    request.on("error", () => outgoing.writeHead(502).end());
    request.end(body);
  }

  async stop() {
    await closed(this.#server);
    await this.#app.close();
  }
}
