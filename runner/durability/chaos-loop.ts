// Injects a fault and heals it, and writes both down as operations of the process `chaos`: the intent before, the effect after.

import type { Fault } from '../../lib/model/fault.ts';
import { CHAOS, type OperationError } from '../../lib/model/history.ts';
import { HEAL, INJECT } from '../../lib/model/message.ts';
import type { HistoryWriter } from '../history-writer.ts';

/** Never rejects for what the target does: whether the fault struck and was healed is evidence. Healing is tried in every path. */
export async function injectAndHeal(fault: Fault, history: HistoryWriter, say: (text: string) => void): Promise<void> {
  const { intent, strike } = await fault.aim();
  const injection = history.begin({ process: CHAOS, f: INJECT, key: fault.name, value: intent });
  try {
    say(`fault ${fault.name}: ${JSON.stringify(intent)}`);
    injection.complete('ok', { value: await strike() });
  } catch (cause) {
    injection.complete('info', { error: errorOf(cause) });
  } finally {
    await heal(fault, history);
  }
}

async function heal(fault: Fault, history: HistoryWriter): Promise<void> {
  const healing = history.begin({ process: CHAOS, f: HEAL, key: fault.name });
  try {
    healing.complete('ok', { value: await fault.heal() });
  } catch (cause) {
    healing.complete('info', { error: errorOf(cause) });
  }
}

function errorOf(cause: unknown): OperationError {
  return { code: 'not_seen', message: cause instanceof Error ? cause.message : String(cause) };
}
