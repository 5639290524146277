// StressChaos: takes processor time or memory within the selected containers.

import Type from 'typebox';
import { closed, duration, texts } from './closed.ts';
import { podSelection } from './selector.ts';

const workers = Type.Integer({ minimum: 1 });

export const stressChaosShape = closed({
  ...podSelection,
  containerNames: Type.Optional(texts),
  duration: Type.Optional(duration),
  stressors: Type.Optional(
    closed({
      /** `load` in percent of a processor per worker. */
      cpu: Type.Optional(closed({ workers, load: Type.Optional(Type.Integer()), options: Type.Optional(texts) })),
      /** `size` such as `256MB`, per worker. */
      memory: Type.Optional(
        closed({
          workers,
          size: Type.Optional(Type.String()),
          oomScoreAdj: Type.Optional(Type.Integer()),
          options: Type.Optional(texts),
        }),
      ),
    }),
  ),
});
export type StressChaosSpec = Type.Static<typeof stressChaosShape>;
