// What the faults of the network have in common: a cut with an id of its own, made, seen and undone.

import { randomUUID } from 'node:crypto';
import { poll } from '../broker/poll.ts';
import type { Cut, System } from '../targets/system.ts';

const JOINED_LIMIT_MS = 10_000;

/** A type, so that it is JSON. */
export type CutIntent = {
  readonly cut: Cut;
  /** A connection that was possible before, by which the cut is seen. */
  readonly witness: { readonly from: string; readonly to: string; readonly port: number };
};

export function newCutId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 12);
}

/** Rejects when the witness could not connect before, or still can afterwards. */
export async function makeCut({ network }: System, { cut, witness }: CutIntent): Promise<{ unreachable: string }> {
  const { from, to, port } = witness;
  if (!(await network.reaches(from, to, port)))
    throw new Error(`${from} does not reach ${to}:${port} even before the cut`);
  await network.cut(cut);
  if (await network.reaches(from, to, port)) throw new Error(`${from} still reaches ${to}:${port}`);
  return { unreachable: `${to}:${port} from ${from}` };
}

export async function undoCut(system: System, intent: CutIntent): Promise<void> {
  await system.network.join(intent.cut);
  await poll(() => stillCut(system, intent), JOINED_LIMIT_MS);
}

/** Why the cut, or something that looks like it, is still there; `null` when it is not. */
export async function stillCut({ network }: System, { cut, witness }: CutIntent): Promise<string | null> {
  if ((await network.cuts()).includes(cut.id)) return `the packet filter still has the rules of cut ${cut.id}`;
  const { from, to, port } = witness;
  return (await network.reaches(from, to, port)) ? null : `${from} does not reach ${to}:${port}`;
}
