// Messages per second and per second of the generator's processor time: k6/x/amqp beside a bare Go program on the same client library; and 1000 users on few connections.

import { setTimeout as pass } from 'node:timers/promises';
import { resolveSecret } from '../../lib/config/secret.ts';
import { BrokerControl, brokerAccess, instanceOf } from '../../testbed/testbed.ts';
import { inTestbed } from '../in-testbed.ts';
import type { Aim, Outcome } from '../outcome.ts';
import { aimsOf, type ProgramName, type Round, tableOf } from './compare.ts';
import { type Measurement, measure, type Program } from './measure.ts';
import { CONNECTION_NAME, type ProgramOptions, type Programs, programs } from './programs.ts';

export interface AmqpOptions extends ProgramOptions {
  /** How often each program is measured, in turn. */
  readonly rounds: number;
  readonly instance: string;
}

const PUBLISHERS: readonly ProgramName[] = ['bare publish', 'publishMany', 'publish'];
const CONSUMERS: readonly ProgramName[] = ['bare consume', 'consume'];
/** The broker clears away the queue of the measurement before. */
const REST_MS = 3_000;
const LOOK_EVERY_MS = 1_000;
const CONNECTIONS = 10;
const CHANNELS = 100;

export async function benchAmqp(options: AmqpOptions, say: (line: string) => void): Promise<Outcome> {
  return inTestbed(['--instance', options.instance], async () => {
    const instance = instanceOf(options.instance);
    const cluster = new BrokerControl(instance);
    const access = brokerAccess(instance);
    const all = await programs(access, resolveSecret(access.password), options);
    const rounds: Round[] = [];
    for (let number = 1; number <= options.rounds; number++) {
      say(`round ${number} of ${options.rounds}`);
      rounds.push(await oneRound(all, number - 1));
    }
    say('1000 users over 10 connections');
    const shared = await watched(all.shared, cluster);
    const { rounds: count, seconds, messages } = options;
    return {
      bench: 'amqp',
      parameters: { rounds: count, seconds, messages, RabbitMQ: cluster.version },
      table: tableOf(rounds),
      aims: [...aimsOf(rounds), ...sharedAims(shared)],
      notes: [
        'Publishing: 256 bytes, persistent, mandatory, to a quorum queue of three, 10 connections, 100 without a confirm on each. Consuming: 100 without an ack on each.',
        'CPU time is that of the generator from its start to its end. Median (least–most); ratios are taken within a round. The broker shares the processors.',
      ],
      measurements: [...rounds, shared],
    };
  });
}

/** Another program begins in every round: what the one before has left in the broker shall not fall upon the same one always. */
async function oneRound(all: Programs, number: number): Promise<Round> {
  const round: Partial<Record<ProgramName, Measurement>> = {};
  for (const name of [...rotated(PUBLISHERS, number), ...rotated(CONSUMERS, number)]) {
    if (CONSUMERS.includes(name)) await measure(all.fill);
    await pass(REST_MS);
    round[name] = await measure(all[name]);
  }
  return round as Round;
}

function rotated<T>(all: readonly T[], by: number): readonly T[] {
  const first = by % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** 1000 users on few connections: what became of their messages, and what the broker saw of the connections. */
export interface Shared {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** The most at one look. */
  readonly connections: number;
  readonly channels: number;
}

async function watched(program: Program, cluster: BrokerControl): Promise<Shared> {
  const running = measure(program);
  const end = new AbortController();
  running.finally(() => end.abort()).catch(() => {}); // its failure is thrown below
  let [connections, channels] = [0, 0];
  while (!end.signal.aborted) {
    const seen = await cluster.connectionsNamed(CONNECTION_NAME);
    connections = Math.max(connections, seen.connections);
    channels = Math.max(channels, seen.channels);
    await pass(LOOK_EVERY_MS, undefined, { signal: end.signal }).catch(() => {}); // it has ended
  }
  const { said, seconds } = await running;
  return { outcomes: said.outcomes as Readonly<Record<string, number>>, seconds, connections, channels };
}

function sharedAims({ outcomes, connections, channels }: Shared): readonly Aim[] {
  const { acked = 0, ...others } = outcomes;
  const notAcked = Object.values(others).reduce((sum, count) => sum + count, 0);
  const what = `1000 users over ${CONNECTIONS} connections`;
  return [
    {
      what: `${what}: of ${acked + notAcked} messages not confirmed`,
      aim: '0',
      measured: `${notAcked}`,
      met: acked > 0 && notAcked === 0,
    },
    {
      what: `${what}: connections and channels that the broker saw`,
      aim: `${CONNECTIONS} and ${CONNECTIONS * CHANNELS}`,
      measured: `${connections} and ${channels}`,
      met: connections === CONNECTIONS && channels === CONNECTIONS * CHANNELS,
    },
  ];
}
