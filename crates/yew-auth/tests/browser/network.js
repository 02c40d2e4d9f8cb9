// The network of a page that a test controls: the test answers, or an extension that stands in the place of `fetch`.

import { busyWith, onClose, override, say_online } from "./page.js";

let aborted;
let hasNetwork;

export function set_online(online) {
  hasNetwork = online;
  say_online(online);
}

export function install_fetch(answer) {
  aborted = 0;
  hasNetwork = true;
  override(globalThis, "fetch", { value: (request) => exchange(request, answer), writable: true });
}

// An extension that has put something of its own in the place of `fetch`.
export function wrap_fetch(how) {
  const send = globalThis.fetch;
  const frame = document.createElement("iframe");
  document.body.append(frame);
  onClose(() => frame.remove());
  const other = frame.contentWindow;
  const wrappers = {
    "answers with an object": async (request) => {
      const { status, headers, body } = await send(request);
      return { status, headers, body };
    },
    "answers by another frame": async (request) => {
      const response = await send(request);
      const { status, headers } = response;
      const bytes = new other.Uint8Array(await busyWith(response.arrayBuffer()));
      return new other.Response(bytes.length ? bytes : null, { status, headers });
    },
    "answers with a value": () => ({ status: 200, headers: new Headers(), body: "text" }),
    "answers with nothing": async () => undefined,
    "answers with no response": async () => ({}),
    "throws": () => {
      throw "blocked by an extension";
    },
    "rejects with text": () => Promise.reject("blocked by an extension"),
    "rejects by another frame": () => Promise.reject(new other.TypeError("failed")),
    "never answers": () => new Promise(() => {}),
  };
  override(globalThis, "fetch", { value: wrappers[how], writable: true });
}

export function requests_aborted() {
  return aborted;
}

async function exchange(request, answer) {
  if (!hasNetwork) throw new TypeError("there is no network");
  const { method, url, redirect, credentials, cache, signal } = request;
  const headers = Object.fromEntries(request.headers);
  const body = await busyWith(request.text());
  let finished = false;
  const gone = new Promise((_, reject) => {
    const abort = () => {
      if (!finished) aborted += 1;
      reject(new DOMException("the request was aborted", "AbortError"));
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
  });
  gone.catch(() => {});
  const reply = answer(JSON.stringify({ method, url, redirect, credentials, cache, headers, body }));
  await Promise.race([gone, reply.gate]);
  if (reply.fails) throw new TypeError("failed to fetch");
  const finish = () => (finished = true);
  const isEmpty = reply.status === 204 || reply.status === 304;
  if (isEmpty) finish();
  const stream = isEmpty ? null : bodyStream(reply, gone, finish);
  return new Response(stream, { status: reply.status, headers: JSON.parse(reply.headers) });
}

function bodyStream({ body, ending }, gone, finish) {
  const chunk = new TextEncoder().encode(body);
  let sent = false;
  return new ReadableStream({
    start(controller) {
      gone.catch((error) => controller.error(error));
    },
    pull(controller) {
      // A pull that never ends is a server that stops sending.
      if (sent && ending === "silence") return gone;
      if (sent && ending === "close") {
        finish();
        controller.close();
        return undefined;
      }
      sent = true;
      controller.enqueue(chunk);
      return undefined;
    },
    cancel: finish,
  });
}
