// Requests the posts while the app is still loading, and hands the answer to the app when it asks for them.
//
// It is the app's own request, sent early: a GET that changes nothing, to the page's own origin, authorized by cookies
// that no script can read. The library permits it, and says until when: crates/yew-auth, driver/prefetch.rs. Whenever
// anything is not as expected here, the app sends the request itself.

const PAGE = "/posts";
const POSTS = "/api/posts/";
const PERMIT = "yew-auth.prefetch";

// The state of the session that may prefetch now; undefined if there is none.
function permittedGeneration() {
  try {
    const { generation, until } = JSON.parse(localStorage.getItem(PERMIT));
    return Date.now() < until ? generation : undefined;
  } catch {
    // Storage is blocked, or holds no permit.
    return undefined;
  }
}

function prefetch(generation) {
  const controller = new AbortController();
  const response = fetch(POSTS, {
    headers: { accept: "application/json", "x-csrf": "1" },
    cache: "no-store",
    redirect: "error",
    signal: controller.signal,
  });
  // The app may never ask for it.
  response.catch(() => {});

  const browserFetch = window.fetch;
  const isForPosts = (request) =>
    request instanceof Request && request.method === "GET" && request.url === new URL(POSTS, location).href;
  const handOver = (request) => {
    request.signal.addEventListener("abort", () => controller.abort());
    return response.catch(() => browserFetch(request));
  };
  window.fetch = (request, ...rest) => {
    if (!isForPosts(request)) return browserFetch(request, ...rest);
    window.fetch = browserFetch;
    if (permittedGeneration() === generation) return handOver(request);
    controller.abort();
    return browserFetch(request);
  };
}

if (location.pathname.replace(/\/$/, "") === PAGE) {
  const generation = permittedGeneration();
  if (generation !== undefined) prefetch(generation);
}
