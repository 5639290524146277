// PodChaos: ends pods or containers, or keeps pods from working.

import Type from 'typebox';
import { closed, duration, texts } from './closed.ts';
import { podSelection } from './selector.ts';

export const podChaosShape = closed({
  ...podSelection,
  /** `pod-kill` and `container-kill` are over at once; `pod-failure` has a pause image run in place of the pod's own. */
  action: Type.Enum(['pod-kill', 'pod-failure', 'container-kill']),
  /** Without effect on what is over at once. */
  duration: Type.Optional(duration),
  /** Of `pod-kill`, in seconds: 0 ends the pod at once, more lets it stop properly. */
  gracePeriod: Type.Optional(Type.Integer({ minimum: 0 })),
  /** `container-kill` wants one at least. */
  containerNames: Type.Optional(texts),
});
export type PodChaosSpec = Type.Static<typeof podChaosShape>;
