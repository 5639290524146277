// What Chaos Mesh tells of an object: the same for every kind.

import Type from 'typebox';
import { closed } from './closed.ts';

const eventShape = closed({
  operation: Type.String(),
  type: Type.String(),
  message: Type.Optional(Type.String()),
  timestamp: Type.String(),
});

const recordShape = closed({
  /** `namespace/pod` or `namespace/pod/container`. */
  id: Type.String(),
  selectorKey: Type.String(),
  /** `Injected` or `Not Injected`. */
  phase: Type.String(),
  injectedCount: Type.Integer(),
  recoveredCount: Type.Integer(),
  events: Type.Optional(Type.Array(eventShape)),
});
export type ChaosRecord = Type.Static<typeof recordShape>;

/**
 * `Selected`, `AllInjected`, `AllRecovered`, `Paused`, in any order and without times. `AllRecovered` is True before anything was
 * injected, too, and stays False for ever where the fault is over at once.
 */
const conditionShape = closed({ type: Type.String(), status: Type.String(), reason: Type.Optional(Type.String()) });

/** Empty until the controller has seen the object. */
export const statusShape = closed({
  conditions: Type.Optional(Type.Array(conditionShape)),
  experiment: closed({
    desiredPhase: Type.Optional(Type.Enum(['Run', 'Stop'])),
    containerRecords: Type.Optional(Type.Array(recordShape)),
  }),
});
export type ChaosStatus = Type.Static<typeof statusShape>;
