// The session as a careful author of a single-page app writes it by hand: shared by the React and the Solid peers.
const API = "/api",
  KEY = "session";
const subs = new Set();
let session = JSON.parse(localStorage.getItem(KEY) || "null");
const set = (s, write = true) => {
  session = s;
  if (write) s ? localStorage.setItem(KEY, JSON.stringify(s)) : localStorage.removeItem(KEY);
  subs.forEach((f) => f(session));
};
addEventListener("storage", (e) => e.key === KEY && set(JSON.parse(e.newValue || "null"), false));
export const getSession = () => session;
export const subscribe = (f) => (subs.add(f), () => subs.delete(f));
const claims = (t) => JSON.parse(atob(t.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
export const isJwtExpired = (t) => claims(t).exp < Math.round(Date.now() / 1000 + 60);
export const post = async (p, body) => {
  const r = await fetch(API + p, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!r.ok) throw Object.assign(new Error(r.status), { status: r.status });
  return r.json();
};
export async function signIn() {
  const state = crypto.randomUUID(),
    nonce = crypto.randomUUID();
  sessionStorage.setItem("st", JSON.stringify([state, nonce, location.pathname]));
  location.href =
    "/o/authorize?" +
    new URLSearchParams({
      client_id: "spa",
      redirect_uri: location.origin + "/callback",
      response_type: "id_token token",
      scope: "openid email profile",
      state,
      nonce,
    });
}
export async function handleCallback() {
  const q = new URLSearchParams(location.hash.slice(1)),
    [state, nonce, back] = JSON.parse(sessionStorage.getItem("st") || "[]");
  sessionStorage.removeItem("st");
  if (!state || q.get("state") !== state || claims(q.get("id_token")).nonce !== nonce) throw new Error("bad state");
  const d = await post("/social/login/google/", { access_token: q.get("access_token"), id_token: q.get("id_token") });
  set({ access: d.access_token, refresh: d.refresh_token, user: d.user });
  return back || "/";
}
export async function signInWithPassword(username, password) {
  const d = await post("/auth/login/", { username, password });
  set({ access: d.access_token, refresh: d.refresh_token, user: d.user });
}
export const signOut = () => {
  const r = session?.refresh;
  set(null);
  if (r) post("/auth/logout/", { refresh: r }).catch(() => {});
};
export const refreshIfNeeded = () =>
  !session || !isJwtExpired(session.access)
    ? session
    : navigator.locks.request("refresh", async () => {
        session = JSON.parse(localStorage.getItem(KEY) || "null");
        if (!session || !isJwtExpired(session.access)) {
          set(session, false);
          return session;
        }
        try {
          const d = await post("/auth/token/refresh/", { refresh: session.refresh });
          set({ ...session, access: d.access, refresh: d.refresh });
        } catch (e) {
          if (e.status === 401) set(null);
        }
        return session;
      });
export const fetchPosts = async () => {
  const s = await refreshIfNeeded();
  const r = await fetch(API + "/posts/", { headers: { Authorization: `Bearer ${s.access}` } });
  if (!r.ok) throw new Error(r.status);
  return r.json();
};
