import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { ALL_FAULTS, faultNamed } from '../../faults/all-faults.ts';
import type { JsonObject } from '../../faults/fault.ts';
import { FAULT_SAMPLES } from '../../faults/fault-samples.ts';
import { SPEC_SHAPES } from '../kinds.ts';
import { fakeKubernetes } from '../testing/fake-kubernetes.ts';
import { KUBERNETES_FAULTS, kubernetesFaultNamed } from './all-faults.ts';
import type { MeshIntent } from './mesh-fault.ts';

/** With options that can be made there, and whom they strike. */
const MADE: Readonly<Record<string, readonly [JsonObject, readonly string[]]>> = {
  'process-kill': [{ process: 'payments', restartedBy: 'supervisor' }, ['payments-a']],
  'process-stop': [{ process: 'payments', restartedBy: 'heal' }, ['payments-a']],
  'container-kill': [{ process: 'mq-2' }, ['mq-2']],
  'broker-kill': [{ role: 'leader', queue: 'orders', restartedBy: 'supervisor' }, ['mq-1']],
  'broker-restart': [{ role: 'majority', queue: 'orders', restartedBy: 'heal' }, ['mq-1', 'mq-0']],
  'broker-rolling-restart': [{ queue: 'orders' }, ['mq-2', 'mq-0', 'mq-1']],
  'broker-partition': [{ role: 'minority', queue: 'orders' }, ['mq-0']],
  'network-cut': [{ services: ['payments'], from: 'broker' }, ['payments-a', 'payments-b']],
  'link-half-open': [{ services: ['payments'], to: 'database' }, ['payments-a', 'payments-b']],
  'link-latency': [{ services: ['payments'], to: 'broker', latencyMs: 100, jitterMs: 5 }, ['payments-a', 'payments-b']],
  'link-bandwidth': [{ services: ['payments'], to: 'broker', kilobytesPerS: 5 }, ['payments-a', 'payments-b']],
  'consumer-pause': [{ queue: 'payments' }, ['payments-a', 'payments-b']],
};

const occasion = { run: '20261121T163000Z-gameday-1a2b', key: 'broker-kill#2', durationMs: 15_000 };

async function aimed(name: string) {
  const [options = {}] = MADE[name] ?? [];
  const system = fakeKubernetes();
  const intent = (await kubernetesFaultNamed(name)?.aim(system, options, occasion)) as unknown as MeshIntent;
  return { system, intent, objects: system.tried };
}

it('every fault of the embedded platform has its counterpart, or its reason, and the same options', async () => {
  for (const { name, options, lasting } of ALL_FAULTS) {
    const counterpart = kubernetesFaultNamed(name);
    expect(counterpart?.options).toBe(options);
    const sample = FAULT_SAMPLES[name] ?? {};
    expect(counterpart?.lasting(sample)).toBe(lasting(sample));
    const isMade = name in MADE;
    const reason = await counterpart?.impossible(fakeKubernetes(), sample);
    if (!isMade) expect([name, reason?.length]).not.toEqual([name, undefined]);
  }
  expect(KUBERNETES_FAULTS.map(({ name }) => name).filter((name) => faultNamed(name) === undefined)).toEqual([
    'container-kill',
  ]);
});

it.each(['process-kill', 'broker-kill'])('%s cannot stay down', async (name) => {
  const [options] = MADE[name] ?? [];
  const fault = kubernetesFaultNamed(name);
  expect(await fault?.impossible(fakeKubernetes(), { ...options, restartedBy: 'supervisor' })).toBeNull();
  expect(await fault?.impossible(fakeKubernetes(), { ...options, restartedBy: 'heal' })).toContain(
    'started again at once',
  );
});

it.each([
  ['broker-partition', 'packet-filter'],
  ['network-cut', 'packet-filter'],
  ['link-latency', 'netem'],
  ['link-bandwidth', 'tbf'],
])('%s needs %s of the kernel', async (name, skill) => {
  const [options = {}] = MADE[name] ?? [];
  expect(await kubernetesFaultNamed(name)?.impossible(fakeKubernetes(), options)).toBe(`no ${skill}`);
});

describe.each(Object.keys(MADE))('%s on Kubernetes', (name) => {
  it('names whom it strikes, and selects exactly those', async () => {
    const { intent, objects } = await aimed(name);
    const [, struck] = MADE[name] ?? [];
    expect(intent.pods.map((pod) => pod.name)).toEqual(struck);
    const selected = objects.flatMap(({ spec }) => (spec.selector as { pods: { shop: string[] } }).pods.shop);
    expect(selected).toEqual(struck);
    for (const { spec } of objects) {
      expect(spec).toMatchObject({ mode: 'all', selector: { namespaces: ['shop'] } });
      expect(Object.keys(spec.selector as object).sort()).toEqual(['namespaces', 'pods']);
    }
  });

  it('makes objects of the shape of their kind that end by themselves 30 s after their time', async () => {
    const { objects } = await aimed(name);
    expect(objects.length).toBeGreaterThan(0);
    for (const { kind, spec } of objects) {
      const accepts = new Ajv().compile(SPEC_SHAPES[kind as keyof typeof SPEC_SHAPES]);
      expect([accepts(spec), accepts.errors]).toEqual([true, null]);
      expect(spec.duration).toBe('45s');
    }
  });

  it('has labels and a name that Kubernetes takes, and a command that removes it', async () => {
    const { intent, objects } = await aimed(name);
    for (const { name: object, labels } of objects) {
      expect(object).toMatch(/^stampede-broker-kill-2-[0-9a-f]{8}$/);
      expect(labels).toMatchObject({ 'stampede/run-id': occasion.run });
      expect(labels['stampede/expires-at']).toMatch(/^\d{8}T\d{6}Z$/);
    }
    expect(intent.undo).toEqual(objects.map(({ kind, name: object }) => `delete ${kind} ${object}`));
  });
});
