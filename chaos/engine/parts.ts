// The parts of a platform that an experiment may name: a name that nobody bears is found before anything is touched.

import { didYouMean } from '../../lib/config/did-you-mean.ts';
import type { PlannedFault } from '../../lib/model/experiment.ts';
import { type Experiment, plannedFaults } from './experiment.ts';

/** What faults find by name on one kind of target. */
export interface Parts {
  /** Of the option `process`. */
  readonly processes: readonly string[];
  /** Of the option `services`. */
  readonly services: readonly string[];
  /** Of the options `to` and `from`: whom services are connected with. */
  readonly ends: readonly string[];
  /** Of the option `queue` and the trigger `atQueue`; `null` where nobody knows them all. */
  readonly queues: readonly string[] | null;
  /** Which service is connected with whom; `null` where nobody knows. */
  readonly links: readonly { readonly from: string; readonly to: string }[] | null;
}

/** One line per name that there is not; empty when there are all. */
export function strangersIn(experiment: Experiment, parts: Parts): readonly string[] {
  return plannedFaults(experiment)
    .flat()
    .flatMap((planned) => strangersOf(planned, parts));
}

function strangersOf({ key, options, when }: PlannedFault, parts: Parts): readonly string[] {
  const { process, services = [], to, from, queue } = options as NamingOptions;
  const { processes, ends, queues, links } = parts;
  const unknown = (what: string, name: string | undefined, known: readonly string[] | null): readonly string[] =>
    name === undefined || known === null || known.includes(name)
      ? []
      : [`${key}: there is no ${what} "${name}": ${didYouMean(name, known)}`];
  const strangers = [
    ...unknown('process', process, processes),
    ...services.flatMap((service) => unknown('service', service, parts.services)),
    ...[to, from].flatMap((end) => unknown('part', end, ends)),
    ...[queue, 'atQueue' in when ? when.atQueue.name : undefined].flatMap((name) => unknown('queue', name, queues)),
  ];
  if (strangers.length > 0 || to === undefined || links === null) return strangers;
  const connected = links.filter((link) => link.to === to).map((link) => link.from);
  return services
    .filter((service) => !connected.includes(service))
    .map((service) => `${key}: ${service} has no connection to ${to}; those that have one: ${connected.join(', ')}`);
}

/** The options of faults that name a part. */
interface NamingOptions {
  readonly process?: string;
  readonly services?: readonly string[];
  readonly to?: string;
  readonly from?: string;
  readonly queue?: string;
}
