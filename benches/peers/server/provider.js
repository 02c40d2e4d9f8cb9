// An OpenID provider that consents to everything at once: the React and Next.js peers sign in by it.

import { createHash, randomUUID } from "node:crypto";

import { ACCESS_LIFETIME, KEY_SET, USER, isValid, issueIdToken, issueTokens } from "./tokens.js";

const codes = new Map();

/** Whether a path is the provider's. */
export const isProviders = (path) => path.startsWith("/.well-known/") || path.startsWith("/o/") || path === "/jwks";

/** The answer to a request: `[status, body, headers]`. */
export function answer({ path, query, form, origin, bearer }) {
  switch (path) {
    case "/.well-known/openid-configuration":
      return [200, metadata(origin)];
    case "/jwks":
      return [200, KEY_SET];
    case "/o/authorize":
      return [302, "", { location: authorize(query, origin) }];
    case "/o/token":
      return exchange(form, origin);
    case "/o/userinfo":
      return isValid(bearer, "access") ? [200, { sub: "1", email: USER.email, name: "Demo" }] : [401, {}];
    default:
      return [404, { detail: "Not found." }];
  }
}

const metadata = (issuer) => ({
  issuer,
  authorization_endpoint: `${issuer}/o/authorize`,
  token_endpoint: `${issuer}/o/token`,
  userinfo_endpoint: `${issuer}/o/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ["code", "id_token token"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
  scopes_supported: ["openid", "email", "profile", "offline_access"],
  token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic", "none"],
  code_challenge_methods_supported: ["S256"],
});

function authorize(query, origin) {
  const back = new URL(query.get("redirect_uri"));
  const answered = new URLSearchParams({ state: query.get("state") ?? "" });
  if ((query.get("response_type") ?? "code").includes("code")) {
    const code = randomUUID();
    const [client, nonce, challenge] = ["client_id", "nonce", "code_challenge"].map((name) => query.get(name));
    codes.set(code, { client, nonce, challenge });
    answered.set("code", code);
    for (const [name, value] of answered) back.searchParams.set(name, value);
  } else {
    answered.set("access_token", issueTokens().access);
    answered.set("token_type", "Bearer");
    answered.set("id_token", issueIdToken(origin, query.get("client_id"), query.get("nonce")));
    back.hash = answered.toString();
  }
  return back.href;
}

function exchange(form, origin) {
  const issued = codes.get(form.get("code"));
  codes.delete(form.get("code"));
  const verifier = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (!issued || (issued.challenge && issued.challenge !== verifier)) return [400, { error: "invalid_grant" }];
  const { access, refresh } = issueTokens();
  const id_token = issueIdToken(origin, issued.client, issued.nonce);
  const scope = "openid email profile offline_access";
  const token_type = "Bearer";
  return [
    200,
    { access_token: access, refresh_token: refresh, id_token, token_type, expires_in: ACCESS_LIFETIME, scope },
  ];
}
