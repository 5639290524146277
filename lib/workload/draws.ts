// The chance in one order: numbers that look drawn and are a pure function of (seed, order number, how many were drawn before).

/** 2³² divided by the golden ratio, made odd: its multiples spread evenly over all 32-bit numbers. */
const GOLDEN_GAMMA = 0x9e3779b9;

/** The next number in [0, 1), in steps of 2⁻³². */
export type Draw = () => number;

/**
 * SplitMix (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014) in 32 bits: a counter that steps by
 * the golden gamma, and a hash of it as the number. A library's generator costs ten times as much in k6, which makes one per order.
 */
export function drawsOf(seed: number, orderNumber: number): Draw {
  let counter = mix(mix(seed | 0) + orderNumber);
  return () => {
    counter = (counter + GOLDEN_GAMMA) | 0;
    return (mix(counter) >>> 0) / 2 ** 32;
  };
}

/** A whole number, both ends included; even to one part in 2³² divided by their distance. */
export function between(draw: Draw, least: number, most: number): number {
  return least + Math.floor(draw() * (most - least + 1));
}

/** The finaliser of MurmurHash3 (Appleby, public domain): each bit of the input changes each bit of the result with even odds. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
