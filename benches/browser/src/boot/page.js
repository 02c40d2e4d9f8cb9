// Watches how a page of posts comes to be. It stands before the page's own scripts.
(() => {
  const firstPaint = new Promise((resolve) => {
    const look = (list) => {
      const paint = list.getEntries().find(({ name }) => name === "first-contentful-paint");
      if (paint) resolve(paint.startTime);
    };
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
  });

  let longTasks = 0;
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks += duration;
  });
  tasks.observe({ type: "longtask", buffered: true });

  // A message that is sent before a frame is painted arrives after it.
  const painted = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      requestAnimationFrame(() => port2.postMessage(null));
    });
  const posts = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector("article.post")) return;
      observer.disconnect();
      resolve(painted());
    });
    observer.observe(document, { subtree: true, childList: true });
  });

  window.bench = {
    boot: async () => {
      const times = { firstPaint: await firstPaint, posts: await posts };
      // Long tasks are reported by and by.
      await new Promise((resolve) => requestIdleCallback(resolve));
      for (const { duration } of tasks.takeRecords()) longTasks += duration;
      return { ...times, longTasks };
    },
  };
})();
