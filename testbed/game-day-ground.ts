// What some faults need to be in place before the platform is started, at a small cost for everything that it does.

/** Asks for a fault proxy in every connection of the services and, as root, for a small disk under one broker node. */
export interface GameDayGround {
  /** Path of toxiproxy-server. */
  readonly faultProxy: string;
}
