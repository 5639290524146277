// Says of a platform with planted defects that it has them: nobody shall take such a report for one of a real platform.

import type { Verdict } from '../../lib/model/verdict.ts';
import { printable } from './printable.ts';

/** One line, or none when nothing was planted. */
export function plantedDefects({ plantedDefects: planted = [] }: Pick<Verdict, 'plantedDefects'>): readonly string[] {
  if (planted.length === 0) return [];
  return [`planted defects: ${printable(planted.join(', '))}; this platform is broken on purpose`];
}
