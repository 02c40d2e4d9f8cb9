// Asks for the posts while the app itself is still on its way, and hands the answer to the app when it asks.
//
// It is the app's own request, sent sooner: a GET that changes nothing, to the page's own origin, its right in cookies
// that no script sees. It is sent only where the app would send it at once, by what the session's record says (its
// form: src/session/record.rs), and taken only if the session still is the same one. Whatever is not as expected here,
// the app asks for itself.

const PAGE = "/posts";
const POSTS = "/api/posts/";
const RECORD = "yew-auth.session";
const SCHEMA = 1;
// Within so much of its end a token is renewed first: RefreshPolicy::expiry_margin.
const MARGIN_MS = 60_000;

// The generation of a session whose token is good for a while; nothing where there is none.
function generation() {
  const { schema, record } = JSON.parse(localStorage.getItem(RECORD));
  const session = schema === SCHEMA && record.status.signed_in;
  if (!session || session.credentials !== "cookie" || !session.clock.uncertainty) return undefined;
  const serverNow = Date.now() - session.clock.skew;
  return session.access_expires_at - serverNow > MARGIN_MS ? record.generation : undefined;
}

function generationIfAny() {
  try {
    return generation();
  } catch {
    // No storage, no record, or one of another form.
    return undefined;
  }
}

function askEarly(asked) {
  const controller = new AbortController();
  const answer = fetch(POSTS, {
    headers: { accept: "application/json", "x-csrf": "1" },
    cache: "no-store",
    redirect: "error",
    signal: controller.signal,
  });
  // Nobody may ever want it.
  answer.catch(() => {});

  const ask = window.fetch;
  const isOurs = (request) =>
    request instanceof Request && request.method === "GET" && request.url === new URL(POSTS, location).href;
  const adopt = (request) => {
    request.signal.addEventListener("abort", () => controller.abort());
    return answer.catch(() => ask(request));
  };
  window.fetch = (request, ...rest) => {
    if (!isOurs(request)) return ask(request, ...rest);
    window.fetch = ask;
    if (generationIfAny() === asked) return adopt(request);
    controller.abort();
    return ask(request);
  };
}

const asked = location.pathname === PAGE ? generationIfAny() : undefined;
if (asked !== undefined) askEarly(asked);
