// What `stampede cluster up` and `stampede cluster status` tell a person about a cluster.

import { typed } from '../../lib/machine/typed.ts';
import { alignColumns } from '../../reports/render/table.ts';
import type { ClusterStatus } from '../../testbed/kubernetes/kubernetes.ts';

/** One row per process and per pod: where it is and how it is. */
export function clusterTable({ processes, pods }: ClusterStatus): string {
  const ready = (each: { readonly ready: boolean; readonly problem: string | null }) =>
    each.ready ? 'yes' : `no: ${each.problem}`;
  return alignColumns([
    ['NAME', 'ADDRESS', 'STATE', 'RESTARTS', 'READY'],
    ...processes.map((each) => [
      each.name,
      `${each.host}:${each.port}`,
      each.state,
      String(each.restarts),
      ready(each),
    ]),
    ...pods.map((each) => [`pod ${each.name}`, each.address ?? '-', each.phase, String(each.restarts), ready(each)]),
  ]).join('\n');
}

/** Sentences below the table: how to reach it, and what one should know before one relies on it. */
export function clusterNotes({ supervisor, complete, ...seen }: ClusterStatus): readonly string[] {
  const end = typed('cluster down', seen.instance);
  return [
    ...(supervisor.alive ? [] : [`the supervisor is gone: nothing is restarted; end this cluster with ${end}`]),
    ...(complete ? [] : [`half made: ${typed('cluster up', seen.instance)} has not come to its end`]),
    `kubeconfig with all rights: ${seen.adminKubeconfig} (context ${seen.context})`,
    ...(seen.targetFile === null
      ? ['without the platform']
      : [`kubeconfig of the suite: ${seen.kubeconfig}`, `target file: ${seen.targetFile}`]),
  ];
}
