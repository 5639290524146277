import { describe, expect, it } from 'vitest';
import type { BrokerCluster, QueueView } from '../../lib/model/fault.ts';
import type { FaultName } from '../../lib/model/message.ts';
import { brokerFault } from './broker-faults.ts';
import { inFastTime } from './testing/fast-time.ts';

const NODES = ['a', 'b', 'c'];
const VIEW: QueueView = { leader: 'b', members: NODES, online: NODES, messages: 7 };

/** Nodes whose every strike begins a new life at once, unless they are deaf; it writes down what was done to it. */
class FakeCluster implements BrokerCluster {
  readonly nodes = NODES;
  readonly done: string[] = [];
  readonly #lives = new Map<string, number>();
  /** Answers of `queue`, one after the other; the last one stays. */
  views: (QueueView | null)[] = [VIEW];
  problems: (string | null)[] = [null];
  stranded: string | null = null;

  async identity(node: string): Promise<string | null> {
    return `${node}/${this.#lives.get(node) ?? 0}`;
  }

  async strike(node: string, how: 'kill' | 'end'): Promise<void> {
    this.done.push(`${how} ${node}`);
    if (this.stranded === node) this.stranded = null;
    this.#lives.set(node, (this.#lives.get(node) ?? 0) + 1);
  }

  async start(node: string): Promise<void> {
    this.done.push(`start ${node}`);
  }

  async queue(): Promise<QueueView | null> {
    return (this.views.length > 1 ? this.views.shift() : this.views[0]) ?? null;
  }

  async nodeProblem(node: string): Promise<string | null> {
    return this.stranded === node ? 'refuses connections' : null;
  }

  async problem(): Promise<string | null> {
    this.done.push('ask');
    if (this.stranded !== null) return `${this.stranded} refuses connections`;
    return (this.problems.length > 1 ? this.problems.shift() : this.problems[0]) ?? null;
  }
}

const faultOn = (cluster: FakeCluster, name: FaultName) => {
  const fault = brokerFault(name, cluster, 'q');
  if (fault === undefined) throw new Error(`${name} is no fault`);
  return fault;
};
const strikes = (cluster: FakeCluster) => cluster.done.filter((what) => /^(kill|end) /.test(what));

describe('a fault of a broker cluster', () => {
  it.each([
    ['leader-kill', ['kill b']],
    ['follower-kill', ['kill a']],
    ['majority-kill', ['kill b', 'kill a']],
    ['rolling-restart', ['end a', 'end c', 'end b']],
    ['cluster-restart', ['end a', 'end c', 'end b']],
  ] as const)('%s strikes %j', async (name, expected) => {
    const cluster = new FakeCluster();
    const { strike } = await faultOn(cluster, name).aim();
    expect(cluster.done).toEqual([]);
    await strike();
    expect(strikes(cluster)).toEqual(expected);
  });

  it('says whom it will strike before anything is done, and afterwards whose life ended', async () => {
    const { intent, strike } = await faultOn(new FakeCluster(), 'leader-kill').aim();
    expect(intent).toEqual({ nodes: ['b'], leader: 'b', queue: 'q' });
    expect(await strike()).toEqual({ struck: [{ node: 'b', life: 'b/0' }] });
  });

  it.each([
    ['no leader', { ...VIEW, leader: null }],
    ['no queue', null],
  ])('has nobody to strike where there is %s', async (_what, view) => {
    const cluster = new FakeCluster();
    cluster.views = [view];
    await expect(faultOn(cluster, 'leader-kill').aim()).rejects.toThrow('the queue q has no leader to strike');
  });

  it('restarts the next node only when all is well after the one before', async () => {
    const cluster = new FakeCluster();
    cluster.problems = ['a does not answer', null];
    const { strike } = await faultOn(cluster, 'rolling-restart').aim();
    await strike();
    expect(cluster.done).toEqual(['end a', 'ask', 'ask', 'end c', 'ask', 'end b']);
  });

  it('is none by the name of none', () => {
    expect(brokerFault('none', new FakeCluster(), 'q')).toBeUndefined();
  });
});

describe('healing', () => {
  it('has every node started, and is over when cluster, leader and all members are there', async () => {
    const cluster = new FakeCluster();
    cluster.problems = ['sees 2 of 3 nodes running', null];
    cluster.views = [{ ...VIEW, leader: null }, { ...VIEW, online: ['b', 'c'] }, VIEW];
    expect(await faultOn(cluster, 'leader-kill').heal()).toEqual({ helped: [] });
    expect(cluster.done).toEqual(['start a', 'start b', 'start c', 'ask', 'ask', 'ask', 'ask']);
  });

  it('does not wait for a queue that is gone: its messages tell that', async () => {
    const cluster = new FakeCluster();
    cluster.views = [null];
    await expect(faultOn(cluster, 'leader-kill').heal()).resolves.toEqual({ helped: [] });
  });

  it('restarts a node that lives on and serves nobody, and names it', async () => {
    const cluster = new FakeCluster();
    const fault = faultOn(cluster, 'majority-kill');
    const { strike } = await fault.aim();
    await strike();
    cluster.stranded = 'c';
    expect(await inFastTime(() => fault.heal())).toEqual({ helped: ['c'] });
    expect(strikes(cluster)).toEqual(['kill b', 'kill a', 'kill c']);
  });

  it('leaves a node alone that was restarted already and takes long', async () => {
    const cluster = new FakeCluster();
    const fault = faultOn(cluster, 'leader-kill');
    await (await fault.aim()).strike();
    cluster.stranded = 'b';
    const said = inFastTime(() => fault.heal());
    await expect(said).rejects.toThrow('b refuses connections, 180 s long');
    expect(strikes(cluster)).toEqual(['kill b']);
  });
});
