// Who consumes from a queue: services by name, as their connections are named.

import type { Instance } from '../instance.ts';
import { BROKER_VHOST } from './broker-config.ts';
import { askAnyNode } from './management.ts';

interface QueueRow {
  readonly consumer_details?: readonly { readonly channel_details?: { readonly connection_name?: string } }[];
}

interface ConnectionRow {
  readonly name: string;
  readonly user_provided_name?: string;
}

/** Names of services, each once; none where nobody consumes. `null`: there is no such queue. A consumer without a name is given by its connection. */
export async function consumersOf(instance: Instance, queue: string): Promise<readonly string[] | null> {
  const path = `queues/${encodeURIComponent(BROKER_VHOST)}/${encodeURIComponent(queue)}`;
  const row = (await askAnyNode(instance, path)) as QueueRow | null;
  if (row === null) return null;
  const connections = (await askAnyNode(instance, 'connections?columns=name,user_provided_name')) as ConnectionRow[];
  const givenNames = new Map(connections.map((each) => [each.name, each.user_provided_name]));
  const names = (row.consumer_details ?? []).map(({ channel_details }) => {
    const connection = channel_details?.connection_name ?? 'unknown';
    return serviceIn(givenNames.get(connection)) ?? connection;
  });
  return [...new Set(names)].sort();
}

/** A connection is named INSTANCE/SERVICE/PURPOSE. */
function serviceIn(connectionName: string | undefined): string | undefined {
  return connectionName?.split('/')[1];
}
