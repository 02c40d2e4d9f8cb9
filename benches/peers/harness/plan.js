// Which journeys are measured under which conditions.

const cross = (journeys, cpus, networks, protocols) =>
  journeys.flatMap((journey) =>
    protocols.flatMap((protocol) =>
      networks.flatMap((network) => cpus.map((cpu) => ({ journey, protocol, network, cpu }))),
    ),
  );

/** Every journey under every condition. */
export const FULL = {
  rounds: 15,
  cells: cross(["cold", "returning", "form", "signIn"], [1, 4], ["none", "fast4g", "slow4g"], ["http1", "http2"]),
};

/** The eight that matter, in under ten minutes. */
export const QUICK = {
  rounds: 7,
  cells: [
    ...cross(["cold"], [1, 4], ["none", "slow4g"], ["http1"]),
    ...cross(["cold", "returning", "form", "signIn"], [4], ["slow4g"], ["http2"]),
  ],
};

export const cellName = ({ journey, protocol, network, cpu }) => `${journey} ${protocol} ${network} x${cpu}`;
