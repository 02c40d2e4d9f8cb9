// A slower processor and a slower line than this machine's.

/** Lighthouse's lines of a phone: a delay for each request in milliseconds, and bits a second. */
export const NETWORKS = {
  none: undefined,
  fast4g: { name: "fast 4G", latency: 60, down: 9_000_000, up: 1_500_000 },
  slow4g: { name: "slow 4G", latency: 150, down: 1_600_000, up: 750_000 },
};

export const PROTOCOLS = { http1: "HTTP/1.1", http2: "HTTP/2" };

export const networkName = (network) => NETWORKS[network]?.name ?? "no delay";

/** From now on the page has no more than this. */
export async function hinder(session, { cpu, network }) {
  if (cpu > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  const line = NETWORKS[network];
  if (!line) return;
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: line.latency,
    downloadThroughput: line.down / 8,
    uploadThroughput: line.up / 8,
  });
}
