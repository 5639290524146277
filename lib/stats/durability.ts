// The durability sentence: what a run shows about durability, and what it does not.

import { upperShare } from './share.ts';

/** Items at risk are those acknowledged and not yet consumed when a fault strikes, or acknowledged from then until the target is well. */
export interface DurabilityFigures {
  /** What is counted; orders unless it says otherwise. */
  readonly items?: 'orders' | 'messages';
  readonly faults: number;
  readonly atRisk: number;
  readonly lost: number;
  /** All acknowledged items of the run, and how many of them were lost. */
  readonly acknowledged: number;
  readonly lostInAll: number;
  /** Acknowledged items that may be there although nobody saw them, and why: each may be lost as well. */
  readonly unseen?: { readonly items: number; readonly but: string };
}

/** Down to two decimals: rounding up would claim more than was shown. */
function percentShown(lost: number, of: number): string {
  const shown = 1 - upperShare(lost, of);
  return `${(Math.floor(shown * 10_000) / 100).toFixed(2)} %`;
}

const grouped = (count: number): string => count.toLocaleString('en-US');

/** One sentence for reports. It never decides: any lost item fails the run by itself. */
export function durabilitySentence(figures: DurabilityFigures): string {
  if (figures.unseen !== undefined) {
    const seen = `${grouped(figures.unseen.items)} of ${grouped(figures.acknowledged)} acknowledged ${figures.items ?? 'orders'} not seen`;
    return `Nothing can be said about durability: ${seen}, but ${figures.unseen.but}.`;
  }
  if (figures.faults === 0) {
    const seen = `${grouped(figures.lostInAll)} of ${grouped(figures.acknowledged)} acknowledged ${figures.items ?? 'orders'} lost`;
    return `No fault was injected: this run shows conservation (${seen}), not durability.`;
  }
  const faults = figures.faults === 1 ? '1 fault' : `${grouped(figures.faults)} faults`;
  if (figures.atRisk === 0) return `Nothing was at risk over ${faults}: this run shows nothing about durability.`;
  const seen = `${grouped(figures.lost)} of ${grouped(figures.atRisk)} at risk lost over ${faults}`;
  return `${seen}: durability ≥ ${percentShown(figures.lost, figures.atRisk)} at 95 %, for these faults only.`;
}
