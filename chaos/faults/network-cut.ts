// Cuts processes off from the broker or from the database: both sides live on, and no packet passes.

import { poll } from '../broker/poll.ts';
import type { Fault } from './fault.ts';
import { type CutIntent, makeCut, newCutId, stillCut, undoCut } from './network-parties.ts';
import { objectOf, processSchema, stillWrong } from './process-options.ts';

type Options = {
  /** Services by name. */
  readonly services: readonly string[];
  /** `broker`: all of its nodes. */
  readonly from: 'broker' | 'database';
};
type Intent = CutIntent & { readonly services: readonly string[] };

/** A service waits up to some seconds before it connects anew. */
const SERVES_LIMIT_MS = 60_000;

export const networkCut: Fault<Options, Intent> = {
  name: 'network-cut',
  about: 'cuts services off from all broker nodes, or from the database',
  options: objectOf({
    services: { type: 'array', minItems: 1, uniqueItems: true, items: processSchema },
    from: { enum: ['broker', 'database'] },
  }),
  lasting: () => true,
  impossible: ({ network }) => network.impossible(),
  aim: async (system, { services, from }) => {
    const unknown = services.find((name) => !system.processes.names.includes(name));
    if (unknown !== undefined)
      throw new Error(`there is no process ${unknown}; there are ${system.processes.names.join(', ')}`);
    const others = from === 'broker' ? system.broker.nodes : ['database'];
    const [witness = '', to = ''] = [services[0], others[0]];
    return {
      services,
      cut: { id: newCutId(), side: services, from: others },
      witness: { from: witness, to, port: system.processes.port(to) },
    };
  },
  downAtOnce: ({ services }) => services,
  inject: makeCut,
  heal: async (system, intent) => {
    await undoCut(system, intent);
    await poll(() => stillWrong(system, intent.services), SERVES_LIMIT_MS);
    return { helped: [] };
  },
  verifyHealed: async (system, intent) => (await stillCut(system, intent)) ?? stillWrong(system, intent.services),
};
