// Listening on loopback at a free port, and ending it.

import { once } from "node:events";

export async function listening(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}

export async function closed(server) {
  server.closeAllConnections?.();
  server.close();
  await once(server, "close");
}
