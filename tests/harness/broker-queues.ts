// The queues of a testbed's broker, as its management API names them.

import { readFileSync } from 'node:fs';
import type { Target } from '../../lib/model/target.ts';
import { instanceOf } from '../../testbed/testbed.ts';

export async function queuesOf(instance: string): Promise<readonly string[]> {
  const { broker } = JSON.parse(readFileSync(instanceOf(instance).targetFile, 'utf8')) as Target;
  if (broker === undefined) throw new Error('the target says nothing of the broker');
  const password = readFileSync(broker.password.slice('file:'.length), 'utf8').trim();
  const authorization = `Basic ${Buffer.from(`${broker.user}:${password}`).toString('base64')}`;
  const answer = await fetch(`${broker.managementUrl}/api/queues?disable_stats=true&enable_queue_totals=true`, {
    headers: { authorization },
  });
  return ((await answer.json()) as { readonly name: string }[]).map(({ name }) => name);
}
