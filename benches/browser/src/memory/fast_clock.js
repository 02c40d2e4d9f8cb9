// A page whose clocks and timers run thirty times as fast: an hour passes in two minutes. It stands before the page's own
// scripts. The server's clock stays as it is, so the app also lives with a clock that goes wrong, and refreshes.
(() => {
  const SPEED = 30;
  const realNow = Date.now;
  const realTime = performance.now.bind(performance);
  const realTimeout = window.setTimeout.bind(window);
  const start = realNow();

  Date.now = () => start + (realNow() - start) * SPEED;
  window.Date = new Proxy(Date, {
    construct: (target, given) => Reflect.construct(target, given.length ? given : [Date.now()]),
  });
  performance.now = () => realTime() * SPEED;
  for (const name of ["setTimeout", "setInterval"]) {
    const original = window[name].bind(window);
    window[name] = (callback, delay = 0, ...rest) => original(callback, delay / SPEED, ...rest);
  }

  // Every other poll brings the whole list and not a 304: both ways are to leave nothing behind.
  let polls = 0;
  const realFetch = window.fetch.bind(window);
  window.fetch = (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).pathname === "/api/posts/") {
      polls += 1;
      if (polls % 2) request.headers.delete("if-none-match");
    }
    return realFetch(request);
  };

  window.fastClock = {
    pollsAfter: async (minutes) => {
      await new Promise((resolve) => realTimeout(resolve, (minutes * 60_000) / SPEED - realTime()));
      // The browser's own list of what was fetched, which ends at 250 entries by itself.
      performance.clearResourceTimings();
      return polls;
    },
  };
})();
