// Sees whether pods were struck: a container that lives on as before was not.

import { poll } from '../../broker/poll.ts';
import type { Pods } from '../pods.ts';

/** A broker node with many messages takes some seconds to stop properly. */
const ENDED_LIMIT_MS = 60_000;

interface Struck {
  readonly pods: readonly { readonly name: string; readonly life: string }[];
  readonly parts: Readonly<Record<string, number>>;
}

/** Rejects when one of the pods goes on as before. One that was deleted and may still stop properly has been struck. */
export async function awaitAnotherLife(pods: Pods, { pods: struck, parts }: Struck): Promise<void> {
  await poll(async () => {
    const found = (await Promise.all(Object.keys(parts).map((part) => pods.of(part)))).flat();
    const same = struck.find(({ name, life }) =>
      found.some((pod) => pod.name === name && pod.life === life && !pod.isEnding),
    );
    return same === undefined ? null : `${same.name} runs on as before`;
  }, ENDED_LIMIT_MS);
}
