// Runs in each page before its own scripts, and says when what a person waits for is there. Times are milliseconds since
// the navigation began.
(() => {
  /** A message that is sent while a frame is made arrives after it was painted. */
  const painted = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });

  /** Looks once a frame until there is something. */
  const lookFor = (look) =>
    new Promise((resolve) => {
      const again = () => {
        const found = look();
        if (found) resolve(found);
        else requestAnimationFrame(again);
      };
      requestAnimationFrame(again);
    });

  const posts = document.getElementsByClassName("post");
  const whenPosts = async (count) => {
    await lookFor(() => posts.length >= count);
    const time = await painted();
    // For a trace.
    performance.mark("posts-painted");
    return time;
  };

  const field = (name) => document.querySelector(`input[name=${name}]`);
  const submit = () => document.querySelector("form button[type=submit]");
  const LETTERS = { username: "u", password: "p" };
  const isKept = () => Object.entries(LETTERS).every(([name, letter]) => field(name)?.value === letter);

  /** As a key does it: the framework hears of it, and does with it what it likes. */
  function type(input, value) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
    input.dispatchEvent(new InputEvent("input", { bubbles: true, data: value, inputType: "insertText" }));
  }

  /** Presses the button; whether the page has taken it. What nobody takes, the browser would send as a form of old. */
  function press() {
    let isTaken = false;
    const notice = (event) => {
      isTaken = event.defaultPrevented;
      event.preventDefault();
    };
    addEventListener("submit", notice);
    submit().click();
    removeEventListener("submit", notice);
    return isTaken;
  }

  const requestTo = (path) =>
    performance.getEntriesByType("resource").find(({ name }) => new URL(name).pathname === path);

  const request = ({ name, startTime, responseEnd, transferSize }) => {
    const { pathname } = new URL(name);
    return { path: pathname, start: startTime, end: responseEnd, bytes: transferSize };
  };

  window.bench = {
    whenPosts,

    /** When a letter that was typed is kept, and a press of the button sends. */
    async whenFormSends() {
      await lookFor(() => {
        if (!field("username") || !field("password") || !submit()) return false;
        if (isKept()) return press();
        for (const [name, letter] of Object.entries(LETTERS)) type(field(name), letter);
        return false;
      });
      return (await lookFor(() => requestTo("/api/auth/login/"))).startTime;
    },

    /** From the press of the button to the posts. */
    async pressToPosts(count) {
      const start = performance.now();
      submit().click();
      return (await whenPosts(count)) - start;
    },

    titles: () => Array.from(posts, (post) => post.querySelector("h2, h3").textContent.replace("Post Title: ", "")),

    /** All requests that began before a time, the document first. */
    requests(before) {
      const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
      return entries.filter(({ startTime }) => startTime < before).map(request);
    },

    answeredAt: (path) => requestTo(path).responseEnd,

    mutations: 0,

    countMutations() {
      const count = (records) => (bench.mutations += records.length);
      const options = { subtree: true, childList: true, attributes: true, characterData: true };
      new MutationObserver(count).observe(document, options);
    },

    /** When nothing is left to do: two frames have been painted, and the browser idles. */
    async whenIdle() {
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame).then(painted);
      await new Promise((resolve) => requestIdleCallback(resolve));
    },

    firstPaint: () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  };
})();
