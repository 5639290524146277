// Puts the fates of all orders into lines that add up, and says what the words mean.

import { count } from '../../lib/checkers/wording.ts';
import { FATES, type Fate } from '../../lib/model/order.ts';
import type { Verdict } from '../../lib/model/verdict.ts';

/** What each fate means, for readers of one report; docs/adr/0003-fates.md has it in full. */
const MEANINGS: Readonly<Record<Fate, string>> = {
  completed: 'in a completed state when read back',
  failed: 'the platform itself reports that it failed',
  stuck: 'there, but not final in time',
  lost: 'absent, or fallen back from a completed state',
  unread: 'no read got an answer',
  recovered: 'outcome unknown at first, found there',
  never: 'outcome unknown at first, not there, which is allowed',
  unknown: 'outcome unknown, and it could not be read',
  refused: 'refused by the platform, and not there',
  contradicted: 'refused or never submitted, and there all the same',
  unsubmitted: 'an earlier step ended its flow',
};
const DUPLICATED = 'an effect, such as a payment, happened more than once';
const ACKNOWLEDGED: readonly Fate[] = ['completed', 'failed', 'stuck', 'lost', 'unread'];
/** Said also when there is none: the two that everybody looks for. */
const ALWAYS_SHOWN: readonly Fate[] = ['completed', 'lost'];

type Orders = Pick<Verdict, 'orders'>;

/** `433 begun, 430 acknowledged = 430 completed + 0 lost`, then what became of the others and how many are duplicated, if there are any. */
export function fateLines(verdict: Orders): readonly string[] {
  const { begun, acknowledged, fates, duplicated } = verdict.orders;
  const shown = shownFates(verdict);
  const sumOf = (terms: readonly Fate[]): string => terms.map((fate) => `${count(fates[fate])} ${fate}`).join(' + ');
  const others = shown.filter((fate) => !ACKNOWLEDGED.includes(fate));
  return [
    `${count(begun)} begun, ${count(acknowledged)} acknowledged = ${sumOf(shown.filter((fate) => ACKNOWLEDGED.includes(fate)))}`,
    ...(others.length === 0 ? [] : [`${count(begun - acknowledged)} not acknowledged = ${sumOf(others)}`]),
    ...(duplicated === 0 ? [] : [`${count(duplicated)} of all duplicated`]),
  ];
}

/** One line with the meaning of every word that `fateLines` shows. */
export function fateGlossary(verdict: Orders): string {
  const meanings = shownFates(verdict).map((fate) => `${fate}: ${MEANINGS[fate]}`);
  return [...meanings, ...(verdict.orders.duplicated === 0 ? [] : [`duplicated: ${DUPLICATED}`])].join(' · ');
}

function shownFates({ orders }: Orders): readonly Fate[] {
  return FATES.filter((fate) => ALWAYS_SHOWN.includes(fate) || orders.fates[fate] > 0);
}
