// A head start: compiles the app and requests the posts while the page is still being read. Nothing depends on it:
// static/boot.js compiles the app, and the library sends the request, where this has not run or has not worked.
// A release puts this script into the page itself.
(() => {
  const headStart = (window.headStart = {});

  // Somebody has typed a name and a password into the address, for a gateway that asks for them: `https://name:word@host/`.
  // `fetch` refuses each path of such a page. The browser remembers both, and this is the same address without them.
  const hasPassword = () => new URL(document.baseURI).username !== "";
  if (hasPassword()) {
    location.replace(location.origin + location.pathname + location.search + location.hash);
    // Firefox stays on the page where the address names a part of it, and the address has no password from then on.
    if (hasPassword()) {
      // boot.js waits until the page is left.
      headStart.module = new Promise(() => {});
      return;
    }
  }

  // The build writes the link: trunk in development, `cargo xtask build` for a release.
  const { href, dataset } = document.querySelector('link[as="fetch"]');
  const compile = async () => WebAssembly.compileStreaming(fetch(href, { integrity: dataset.integrity }));
  headStart.module = compile();
  // boot.js may never come to ask for it.
  headStart.module.catch(() => {});

  // The posts are the app's own request, sent early: a GET that changes nothing, to the page's own origin, authorized by
  // cookies that no script can read. The library permits it and says until when, and takes the answer or leaves it:
  // crates/yew-auth, browser/prefetch.rs.
  const PAGE = "/posts";
  const POSTS = "/api/posts/";
  const PERMIT = "yew-auth.prefetch";

  function permit() {
    try {
      const permit = JSON.parse(localStorage.getItem(PERMIT));
      return Date.now() < permit.until ? permit : undefined;
    } catch {
      // Storage is blocked, or holds no permit.
      return undefined;
    }
  }

  function prefetch({ session, generation, user }) {
    const controller = new AbortController();
    const prefetch = { path: POSTS, generation, user, startedAt: performance.now(), cancel: () => controller.abort() };
    const request = async () => {
      const response = await fetch(POSTS, {
        headers: { accept: "application/json", "x-session-id": session },
        cache: "no-store",
        redirect: "error",
        signal: controller.signal,
      });
      const header = (name) => response.headers.get(name);
      const body = new Uint8Array(await response.arrayBuffer());
      prefetch.answer = { status: response.status, type: header("content-type"), etag: header("etag"), body };
      prefetch.answeredAt = performance.now();
    };
    prefetch.done = request();
    // The app may never ask for it.
    prefetch.done.catch(() => {});
    window.yewAuthPrefetch = prefetch;
  }

  // A page that the browser only prepares (prerendering) asks for nothing until somebody opens it.
  const permitted = !document.prerendering && location.pathname.replace(/\/$/, "") === PAGE && permit();
  if (permitted) prefetch(permitted);
})();
