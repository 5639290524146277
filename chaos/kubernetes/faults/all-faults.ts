// Every fault by its name, as it is made on Kubernetes; one that cannot be says why.

import { ALL_FAULTS } from '../../faults/all-faults.ts';
import type { AnyFault } from '../../faults/fault.ts';
import { brokerPodKill, brokerPodRestart, brokerPodsOneByOne } from './broker-faults.ts';
import { consumerPodsPause } from './consumer-faults.ts';
import { brokerPodPartition, podsBandwidth, podsCut, podsHalfOpen, podsLatency } from './network-faults.ts';
import { containerKill, podKill, podStop } from './process-faults.ts';

const MADE: readonly AnyFault[] = [
  podKill,
  podStop,
  containerKill,
  brokerPodKill,
  brokerPodRestart,
  brokerPodsOneByOne,
  brokerPodPartition,
  podsCut,
  podsHalfOpen,
  podsLatency,
  podsBandwidth,
  consumerPodsPause,
];

const FREEZE = 'Chaos Mesh cannot stop a process without ending it';
const IN_THE_POD = 'it takes commands within a pod, for which the suite has no rights';

/** Why a fault of the embedded platform cannot be made on Kubernetes. */
const NOT_MADE: Readonly<Record<string, string>> = {
  'process-freeze': FREEZE,
  'broker-freeze': FREEZE,
  'broker-memory-alarm': IN_THE_POD,
  'broker-disk-alarm': IN_THE_POD,
  'broker-disk-full': IN_THE_POD,
  'database-connections': 'the suite only has a role on the database that may read',
  'link-reset': 'Chaos Mesh can cut, delay and narrow connections, not reset them',
};

export const KUBERNETES_FAULTS: readonly AnyFault[] = [
  ...MADE,
  ...ALL_FAULTS.filter(({ name }) => !MADE.some((made) => made.name === name)).map(notMade),
];

export function kubernetesFaultNamed(name: string): AnyFault | undefined {
  return KUBERNETES_FAULTS.find((fault) => fault.name === name);
}

/** The same to whoever writes an experiment; a run of it is inconclusive. */
function notMade({ name, about, options, lasting }: AnyFault): AnyFault {
  const reason = NOT_MADE[name] ?? 'nobody has made it there yet';
  const refuse = () => Promise.reject(new Error(reason));
  const impossible = async () => reason;
  return {
    name,
    about,
    options,
    lasting,
    impossible,
    downAtOnce: () => [],
    aim: refuse,
    inject: refuse,
    heal: refuse,
    verifyHealed: refuse,
  };
}
