// Tokens as djangorestframework-simplejwt and an OpenID provider issue them.

import { createHmac, generateKeyPairSync, randomBytes, randomUUID, sign } from "node:crypto";

const HOUR = 3600;
/** Nothing is renewed while an app is measured. */
export const ACCESS_LIFETIME = 6 * HOUR;
export const REFRESH_LIFETIME = 7 * 24 * HOUR;
export const USER = { pk: 1, username: "demo", email: "demo@example.com", first_name: "", last_name: "" };

const SECRET = randomBytes(32);
const KEY_ID = "bench";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const hmac = (text) => createHmac("sha256", SECRET).update(text).digest("base64url");
export const now = () => Math.floor(Date.now() / 1000);

function issue(type, lifetime) {
  const claims = { token_type: type, exp: now() + lifetime, iat: now(), jti: randomUUID(), user_id: String(USER.pk) };
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${hmac(text)}`;
}

export const issueTokens = () => ({
  access: issue("access", ACCESS_LIFETIME),
  refresh: issue("refresh", REFRESH_LIFETIME),
});

/** Whether we issued it as one of this type, and it has not expired. */
export function isValid(token, type) {
  const [head, claims, signature] = (token ?? "").split(".");
  if (!signature || signature !== hmac(`${head}.${claims}`)) return false;
  const { token_type, exp } = JSON.parse(Buffer.from(claims, "base64url"));
  return token_type === type && exp > now();
}

export function issueIdToken(issuer, audience, nonce) {
  const claims = {
    iss: issuer,
    sub: "1",
    aud: audience,
    exp: now() + HOUR,
    iat: now(),
    email: USER.email,
    name: "Demo",
  };
  const text = `${encode({ alg: "RS256", typ: "JWT", kid: KEY_ID })}.${encode(nonce ? { ...claims, nonce } : claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
}

export const KEY_SET = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: KEY_ID, use: "sig", alg: "RS256" }] };
