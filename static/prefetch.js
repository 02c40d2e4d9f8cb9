// Requests the posts while the app is still loading, and hands the answer to the app when it asks for them.
//
// It is the app's own request, sent early: a GET that changes nothing, to the page's own origin, authorized by cookies
// that no script can read. The library permits it, and says until when: crates/yew-auth, driver/prefetch.rs. Whenever
// anything is not as expected here, the app sends the request itself.

const PAGE = "/posts";
const POSTS = "/api/posts/";
const PERMIT = "yew-auth.prefetch";

// The session that may prefetch now, and its state; undefined if there is none.
function currentPermit() {
  try {
    const permit = JSON.parse(localStorage.getItem(PERMIT));
    return Date.now() < permit.until ? permit : undefined;
  } catch {
    // Storage is blocked, or holds no permit.
    return undefined;
  }
}

function isStill({ session, generation }) {
  const current = currentPermit();
  return current?.session === session && current.generation === generation;
}

function prefetch(permit) {
  const controller = new AbortController();
  const response = fetch(POSTS, {
    headers: { accept: "application/json", "x-session-id": permit.session },
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
    if (isStill(permit)) return handOver(request);
    controller.abort();
    return browserFetch(request);
  };
}

if (location.pathname.replace(/\/$/, "") === PAGE) {
  const permit = currentPermit();
  if (permit) prefetch(permit);
}
