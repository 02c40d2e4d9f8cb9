// What the benchmark asks of a page. It stands before the page's own scripts.
(() => {
  // The browser's own word for "painted": the first post that became the largest thing in view (Largest Contentful Paint).
  const painted = new Promise((resolve) => {
    const look = (list) => {
      const post = list.getEntries().find(({ element }) => element?.closest("article.post"));
      if (post) resolve(post.startTime);
    };
    new PerformanceObserver(look).observe({ type: "largest-contentful-paint", buffered: true });
  });

  const responseEnd = () =>
    performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/api/posts/")).responseEnd;

  let visibility = "visible";
  Object.defineProperty(Document.prototype, "visibilityState", { get: () => visibility });
  // A page that was hidden and is seen again polls at once: nobody waits for its interval.
  const wake = () => {
    for (visibility of ["hidden", "visible"]) document.dispatchEvent(new Event("visibilitychange"));
  };

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const changeOf = (element) =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(element, { subtree: true, attributes: true, childList: true, characterData: true });
    });

  window.bench = {
    responseToPaint: async () => {
      const at = await painted;
      return at - responseEnd();
    },
    // Until the last row is in its place: a long list comes in parts.
    responseToRows: async (count) => {
      while (document.querySelectorAll("article.post").length < count) await frame();
      return performance.now() - responseEnd();
    },
    // "Updated" tells the end of a poll by its moment.
    nextSecond: async () => {
      const before = Math.floor(Date.now() / 1000);
      while (Math.floor(Date.now() / 1000) === before) await frame();
    },
    poll: async () => {
      const updated = changeOf(document.querySelector(".updated"));
      wake();
      await updated;
      // New posts are offered first.
      document.querySelector(".offer button")?.click();
      // The second frame begins when the first one, which shows the change, is done.
      await frame();
      await frame();
    },
    rows: () => document.querySelectorAll("article.post").length,
    liftContainment: () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(".posts-chunk { content-visibility: visible !important }");
      document.adoptedStyleSheets.push(sheet);
    },
  };
})();
