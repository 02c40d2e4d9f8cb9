// A certificate for the loopback names, and the pin by which the browser accepts it as it would one of an authority.
// A browser that only ignores the error keeps nothing of what such a server sends in its cache.

import { X509Certificate, createHash } from "node:crypto";

import { generate } from "selfsigned";

export async function makeCertificate() {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], { keyType: "ec" });
  const publicKey = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return { key, cert, pin: createHash("sha256").update(publicKey).digest("base64") };
}
