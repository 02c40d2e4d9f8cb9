// A page that a test controls: its clocks and timers stand still until the test moves them, its network is the test's, and
// it knows when nothing is in flight any more.

const turn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

const reallyNow = performance.now.bind(performance);
const realLocks = navigator.locks;
// Far more than a busy machine needs: WebKit asks other processes for locks, and they may start first.
const REST_DEADLINE = 60_000;
const HOT_LOOP = 100;

const undo = [];
let clock;
let consoleLines;
// Counts what the browser does outside of this thread and has not finished.
let work = { pending: 0 };

export async function busyWith(promise) {
  const mine = work;
  mine.pending += 1;
  try {
    return await promise;
  } finally {
    mine.pending -= 1;
  }
}

// Undone in the opposite order.
export function onClose(restore) {
  undo.push(restore);
}

export function override(target, name, descriptor) {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, ...descriptor });
  onClose(() => {
    if (before) Object.defineProperty(target, name, before);
    else delete target[name];
  });
}

// ---- opening and closing

export function open(wall) {
  close();
  clock = { wall, monotonic: 1_000_000, timers: new Map(), nextId: 1_000_000_000, fired: 0 };
  consoleLines = [];
  work = { pending: 0 };
  localStorage.clear();
  sessionStorage.clear();
  installClock();
  installLocks();
  installChannels();
  listenToConsole();
  override(document, "visibilityState", { value: "visible" });
  override(navigator, "onLine", { value: true });
}

export function close() {
  for (const restore of undo.splice(0).reverse()) restore();
}

// Settled: nothing is in flight in the browser, and three turns of the event loop have brought nothing new.
export async function settle() {
  const deadline = reallyNow() + REST_DEADLINE;
  for (let calm = 0; calm < 3; ) {
    await turn();
    calm = work.pending === 0 ? calm + 1 : 0;
    if (reallyNow() > deadline) throw new Error("the page does not come to rest");
  }
}

export function set_visible(visible) {
  override(document, "visibilityState", { value: visible ? "visible" : "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}

// As in a browser whose settings block cookies: what is written is not there.
export function disable_cookies() {
  override(document, "cookie", { get: () => "", set: () => {} });
}

// What the browser says about the network, whether it is true or not.
export function say_online(online) {
  override(navigator, "onLine", { value: online });
  window.dispatchEvent(new Event(online ? "online" : "offline"));
}

// ---- clocks

function installClock() {
  override(Date, "now", { value: () => clock.wall, writable: true });
  override(performance, "now", { value: () => clock.monotonic, writable: true });
  const forget = globalThis.clearTimeout.bind(globalThis);
  override(globalThis, "setTimeout", {
    writable: true,
    value: (callback, delay = 0) => {
      const id = clock.nextId++;
      clock.timers.set(id, { id, callback, due: clock.monotonic + Math.max(0, delay) });
      return id;
    },
  });
  override(globalThis, "clearTimeout", { writable: true, value: (id) => clock.timers.delete(id) || forget(id) });
}

function nextTimer(until) {
  let next;
  for (const timer of clock.timers.values()) {
    if (timer.due <= until && (!next || timer.due < next.due)) next = timer;
  }
  return next;
}

function moveTo(monotonic) {
  clock.wall += monotonic - clock.monotonic;
  clock.monotonic = monotonic;
}

export async function advance(millis) {
  const target = clock.monotonic + millis;
  await settle();
  let standing = 0;
  for (let timer; (timer = nextTimer(target)); await settle()) {
    standing = timer.due > clock.monotonic ? 0 : standing + 1;
    if (standing > HOT_LOOP) throw new Error("timers fire again and again at one moment");
    moveTo(Math.max(clock.monotonic, timer.due));
    clock.timers.delete(timer.id);
    clock.fired += 1;
    timer.callback();
  }
  moveTo(target);
  await settle();
}

export function set_wall_clock(wall) {
  clock.wall = wall;
}

export function timers_fired() {
  return clock.fired;
}

// ---- browser APIs, observed or removed

function installLocks() {
  if (!realLocks) return;
  const request = (name, options, callback) => {
    let answered;
    busyWith(new Promise((resolve) => (answered = resolve)));
    const result = realLocks.request(name, options, async (lock) => {
      answered();
      await callback(lock);
      busyWith(result).catch(() => {});
    });
    result.catch(answered);
    return result;
  };
  override(navigator, "locks", { value: { request } });
}

// A message to another tab goes through another process, and is in flight until it has arrived there.
function installChannels() {
  const open = new Set();
  class Channel extends BroadcastChannel {
    arrivals = [];

    constructor(name) {
      super(name);
      open.add(this);
      this.addEventListener("message", () => this.arrivals.shift()?.());
    }

    postMessage(message) {
      for (const other of open) {
        if (other !== this && other.name === this.name) busyWith(new Promise((arrived) => other.arrivals.push(arrived)));
      }
      super.postMessage(message);
    }

    close() {
      open.delete(this);
      for (const arrived of this.arrivals.splice(0)) arrived();
      super.close();
    }
  }
  override(globalThis, "BroadcastChannel", { value: Channel, writable: true });
}

export function hold_lock_forever(name) {
  return new Promise((taken) => {
    const forever = new Promise(() => {});
    const held = realLocks.request(name, () => {
      taken();
      return forever;
    });
    held.catch(() => {});
  });
}

export function remove_locks() {
  override(navigator, "locks", { value: undefined });
}

// As the browser does where it blocks storage, and as some do by throwing.
export function refuse_locks(throws) {
  const refusal = () => new DOMException("this page may not have locks", "SecurityError");
  const request = () => {
    if (throws) throw refusal();
    return Promise.reject(refusal());
  };
  override(navigator, "locks", { value: { request } });
}

// The browser prepares the page, or opens it.
export function set_prerendering(prerendering) {
  override(document, "prerendering", { value: prerendering });
  if (!prerendering) document.dispatchEvent(new Event("prerenderingchange"));
}

// The page's addresses have a name and a password in them.
export function add_credentials_to_the_address() {
  const base = document.createElement("base");
  base.href = `${location.protocol}//name:password@${location.host}/`;
  document.head.prepend(base);
  onClose(() => base.remove());
}

export function remove_broadcast() {
  override(globalThis, "BroadcastChannel", { value: undefined });
}

export function block_storage() {
  const denied = () => {
    throw new DOMException("access is denied for this document", "SecurityError");
  };
  override(globalThis, "localStorage", { get: denied });
}

export function fill_storage() {
  const full = () => {
    throw new DOMException("the quota has been exceeded", "QuotaExceededError");
  };
  override(Storage.prototype, "setItem", { value: full, writable: true });
}

function listenToConsole() {
  for (const level of ["debug", "log", "info", "warn", "error"]) {
    const before = console[level].bind(console);
    const listening = (...words) => {
      consoleLines.push(words.map(String).join(" "));
      before(...words);
    };
    override(console, level, { value: listening, writable: true });
  }
}

export function console_text() {
  return consoleLines.join("\n");
}
