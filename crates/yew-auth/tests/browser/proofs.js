// What a test of proofs (RFC 9449) asks of the browser's cryptography and of IndexedDB.

import { busyWith, override } from "./page.js";

const DATABASE = "yew-auth";

// The page comes to rest only once its keys and signatures are there.
export function track() {
  for (const name of ["digest", "sign", "generateKey", "exportKey"]) {
    const genuine = SubtleCrypto.prototype[name];
    override(SubtleCrypto.prototype, name, {
      value(...words) {
        return busyWith(genuine.apply(this, words));
      },
    });
  }
  const { open } = IDBFactory.prototype;
  override(IDBFactory.prototype, "open", {
    value(...words) {
      const request = open.apply(this, words);
      busyWith(ended(request, "success", "error"));
      return request;
    },
  });
  const { transaction } = IDBDatabase.prototype;
  override(IDBDatabase.prototype, "transaction", {
    value(...words) {
      const begun = transaction.apply(this, words);
      busyWith(ended(begun, "complete", "abort", "error"));
      return begun;
    },
  });
}

export function block_database() {
  override(globalThis, "indexedDB", { value: undefined });
}

export async function forget_keys() {
  await ended(indexedDB.deleteDatabase(DATABASE), "success", "error", "blocked");
}

// Every key that the browser keeps.
export async function kept_pairs() {
  const request = indexedDB.open(DATABASE);
  await ended(request, "success");
  const keys = request.result.transaction("keys").objectStore("keys").getAll();
  await ended(keys, "success");
  request.result.close();
  return keys.result;
}

export async function is_extractable(key) {
  const formats = ["jwk", "pkcs8", "raw"];
  const tries = formats.map((format) => crypto.subtle.exportKey(format, key).then(() => true, () => false));
  return key.extractable || (await Promise.all(tries)).includes(true);
}

export async function is_signed(proof) {
  const [header, claims, signature] = proof.split(".");
  const { jwk } = JSON.parse(text(header));
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("jwk", jwk, curve, false, ["verify"]);
  const signed = new TextEncoder().encode(`${header}.${claims}`);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(signature), signed);
}

export async function hash(token) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
  return btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function text(encoded) {
  return new TextDecoder().decode(bytes(encoded));
}

function bytes(encoded) {
  const binary = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function ended(target, ...events) {
  return new Promise((resolve) => {
    for (const event of events) target.addEventListener(event, resolve);
  });
}
