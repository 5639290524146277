// What the faults of links have in common: which connections of which services, what is done to them, how it is seen and undone.

import { randomUUID } from 'node:crypto';
import { poll } from '../broker/poll.ts';
import type { Hello, System, Toxic } from '../targets/system.ts';
import type { Fault, JsonObject } from './fault.ts';
import { objectOf, processSchema, stillWrong } from './process-options.ts';

/** A type, so that it is JSON; so are the types below. */
export type LinkOptions = {
  /** Whose connections: services by name. */
  readonly services: readonly string[];
  /** `broker`: to all of its nodes. */
  readonly to: 'broker' | 'database' | 'orders-api';
};

export type LinkIntent = {
  readonly id: string;
  readonly services: readonly string[];
  readonly links: readonly string[];
  /** How long the quickest of some answers took before, by the first of the links: what the fault adds comes on top of it. */
  readonly calmMs: number;
};

interface LinkFault<More extends JsonObject> {
  readonly name: string;
  readonly about: string;
  /** JSON Schemas of the options beside services and far end. */
  readonly more: Readonly<Record<string, object>>;
  readonly toxics: (more: More) => readonly Toxic[];
  /** Why what came back does not show the effect; `null` when it does. */
  readonly unseen: (hello: Hello, intent: LinkIntent & More) => string | null;
  /** Whether the services can do nothing meanwhile. */
  readonly stops: boolean;
}

const HELLO_LIMIT_MS = 3000;
/** A single answer could be slow by chance: one of 19 ms was seen before one of 105 ms under a latency of 100 ms. */
const CALM_HELLOS = 5;
/** A service waits up to some seconds before it connects anew. */
const WELL_LIMIT_MS = 60_000;

export function linkFault<More extends JsonObject>(
  parts: LinkFault<More>,
): Fault<LinkOptions & More, LinkIntent & More> {
  const { name, about, more, toxics, unseen, stops } = parts;
  return {
    name,
    about,
    options: objectOf({
      services: { type: 'array', minItems: 1, uniqueItems: true, items: processSchema },
      to: { enum: ['broker', 'database', 'orders-api'] },
      ...more,
    }),
    needsGround: true,
    lasting: () => true,
    impossible: ({ links }) => links.impossible(),
    aim: aimAtLinks,
    downAtOnce: ({ services }) => (stops ? services : []),
    inject: async ({ links }, intent) => {
      for (const link of intent.links) {
        for (const toxic of toxics(intent)) await links.addToxic(intent.id, link, toxic);
      }
      const hello = await links.hello(intent.links[0] ?? '', HELLO_LIMIT_MS + longest(toxics(intent)));
      const why = unseen(hello, intent);
      if (why !== null) throw new Error(`no effect is seen on ${intent.links[0]}: ${why}`);
      return { links: intent.links, hello };
    },
    heal: async (system, intent) => {
      await poll(async () => system.links.removeToxics(intent.id).then(() => null), WELL_LIMIT_MS);
      await poll(() => stillAfflicted(system, intent), WELL_LIMIT_MS);
      return { helped: [] };
    },
    verifyHealed: stillAfflicted,
  };
}

async function aimAtLinks<More extends JsonObject>(
  { links, broker }: System,
  options: LinkOptions & More,
): Promise<LinkIntent & More> {
  const { services, to, ...more } = options;
  const ends = to === 'broker' ? broker.nodes : [to];
  const found = links.links.filter((link) => services.includes(link.from) && ends.includes(link.to));
  const without = services.find((service) => !found.some(({ from }) => from === service));
  if (without !== undefined) throw new Error(`${without} has no connection to ${to}`);
  const names = found.map(({ name }) => name);
  const calmMs = await quickestHello(links, names[0] ?? '');
  const intent = { id: randomUUID().slice(0, 8), services, links: names, calmMs };
  return { ...(more as unknown as More), ...intent };
}

async function quickestHello(links: System['links'], name: string): Promise<number> {
  let quickestMs = Number.POSITIVE_INFINITY;
  for (let hello = 0; hello < CALM_HELLOS; hello++) {
    const { outcome, ms } = await links.hello(name, HELLO_LIMIT_MS);
    if (outcome !== 'answered') throw new Error(`${name} is ${outcome} even before the fault`);
    quickestMs = Math.min(quickestMs, ms);
  }
  return quickestMs;
}

async function stillAfflicted(
  system: System,
  { id, services, links: [first = ''] }: LinkIntent,
): Promise<string | null> {
  const { links } = system;
  const [afflicted] = await links.afflicted(id);
  if (afflicted !== undefined) return `the fault proxy still has a fault on ${afflicted}`;
  const { outcome } = await links.hello(first, HELLO_LIMIT_MS);
  return outcome === 'answered' ? stillWrong(system, services) : `${first} is ${outcome}`;
}

function longest(toxics: readonly Toxic[]): number {
  return Math.max(0, ...toxics.map(({ attributes }) => attributes.latency ?? 0));
}
