// The API that all apps ask: as dj-rest-auth and djangorestframework-simplejwt answer it, over bearer tokens or over cookies.

import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

import { ACCESS_LIFETIME, REFRESH_LIFETIME, USER, isValid, issueTokens, now } from "./tokens.js";

/** How long a backend takes for each answer, in milliseconds. */
export const ANSWER_MS = 20;

const iso = (seconds) => new Date(seconds * 1000).toISOString();
const UNAUTHORIZED = [401, { detail: "Authentication credentials were not provided." }];

/** Whether a path is the API's. */
export const isApi = (path) => path.startsWith("/api/");

export class Api {
  /** What was sent to sign in, the newest last. */
  logins = [];

  constructor(posts) {
    this.posts = posts;
  }

  /** The answer to a request: `[status, body, headers]`. A body that is an object is sent as JSON. */
  async answer(request) {
    await delay(ANSWER_MS);
    switch (`${request.method} ${request.path}`) {
      case "GET /api/posts/":
        return this.#posts(request);
      case "POST /api/auth/login/":
        return this.#signIn(request);
      case "POST /api/social/login/google/":
        return [200, bearerGrant()];
      case "POST /api/auth/logout/":
        return [200, { detail: "Successfully logged out." }];
      case "GET /api/auth/user/":
        return isSignedIn(request) ? [200, USER] : UNAUTHORIZED;
      case "GET /api/auth/sessions/mine/":
        return [200, { sessions: [] }];
      case "GET /api/social/":
        return [200, []];
      default:
        return [404, { detail: "Not found." }];
    }
  }

  #posts(request) {
    if (!isSignedIn(request)) return UNAUTHORIZED;
    const { body, gzip, etag } = this.posts.answer;
    const headers = { etag, "cache-control": "private, no-cache", vary: "Accept-Encoding" };
    if (request.headers["if-none-match"] === etag) return [304, undefined, headers];
    const takesGzip = (request.headers["accept-encoding"] ?? "").includes("gzip");
    return takesGzip ? [200, gzip, { ...headers, "content-encoding": "gzip" }] : [200, body, headers];
  }

  #signIn(request) {
    const { username, password } = JSON.parse(request.body);
    this.logins.push({ username, password });
    // The header with which the app says that a request is its own.
    const isOverCookies = "x-session-id" in request.headers || "x-csrf" in request.headers;
    return isOverCookies ? cookieGrant(request.isSecure) : [200, bearerGrant()];
  }
}

function bearerGrant() {
  const { access, refresh } = issueTokens();
  // Both the present names and those of dj-rest-auth up to 3.0.
  return { access, refresh, access_token: access, refresh_token: refresh, user: USER };
}

function cookieGrant(isSecure) {
  const { access, refresh } = issueTokens();
  const session = randomBytes(16).toString("hex");
  const cookie = (kind, token, path) => {
    const place = isSecure
      ? `__Host-yew-auth-${kind}.${session}=${token}; Secure; Path=/`
      : `yew-auth-${kind}.${session}=${token}; Path=${path}`;
    return `${place}; HttpOnly; SameSite=Strict; Max-Age=${REFRESH_LIFETIME}`;
  };
  const body = {
    session_id: session,
    user: USER,
    access_issued_at: iso(now()),
    access_expiration: iso(now() + ACCESS_LIFETIME),
    refresh_expiration: iso(now() + REFRESH_LIFETIME),
    session_expiration: iso(now() + REFRESH_LIFETIME),
  };
  return [200, body, { "set-cookie": [cookie("access", access, "/api/"), cookie("refresh", refresh, "/api/auth/")] }];
}

function isSignedIn({ bearer, headers }) {
  const named = headers["x-session-id"] ?? "";
  const cookies = (headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  const fromCookie = cookies.find(([name]) => name.includes(`yew-auth-access.${named}`))?.[1];
  return isValid(bearer ?? fromCookie, "access");
}
