import { expect, it } from 'vitest';
import type { Experiment, FaultStep } from '../engine/experiment.ts';
import { strangersIn } from '../engine/parts.ts';
import { partsOf } from './parts.ts';
import { fakeKubernetes } from './testing/fake-kubernetes.ts';

const strangers = (step: FaultStep) =>
  strangersIn({ method: [step] } as unknown as Experiment, partsOf(fakeKubernetes()));

it('a process is a part of the target file, or a pod of the broker', () => {
  for (const process of ['payments', 'mq-2']) {
    expect(strangers({ fault: 'container-kill', options: { process } })).toEqual([]);
  }
  expect(strangers({ fault: 'container-kill', options: { process: 'paymets' } })).toEqual([
    'container-kill: there is no process "paymets": did you mean "payments"?',
  ]);
});

it('who is cut off from whom are parts alone', () => {
  const cut = (services: string[], from: string) =>
    strangers({ fault: 'network-cut', options: { services, from }, forS: 5 });
  expect(cut(['payments'], 'broker')).toEqual([]);
  expect(cut(['mq-2'], 'brokr')).toEqual([
    expect.stringContaining('there is no service "mq-2"'),
    'network-cut: there is no part "brokr": did you mean "broker"?',
  ]);
});
