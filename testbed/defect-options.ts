// Reads `--defect name[=share]`: only names that the order system knows, each at most once.

import { usageError } from '../lib/model/stampede-error.ts';
import { type DefectName, Defects } from './order-system/defects.ts';
import type { DefectSettings } from './plan.ts';

/** Settings for the services' configuration. Throws a usage error for an unknown name, a repeated one or a share outside 0 to 1. */
export function parseDefects(options: readonly string[], known: readonly string[]): DefectSettings {
  const settings = new Map<string, { share?: number }>();
  for (const option of options) {
    const [name = '', share] = option.split(/=(.*)/s);
    if (!known.includes(name))
      throw usageError(`"${name}" is no defect of the order system`, `Known: ${known.join(', ')}.`);
    if (settings.has(name)) throw usageError(`defect "${name}" is given twice`, 'Give each defect once.');
    settings.set(name, share === undefined ? {} : { share: parseShare(name, share) });
  }
  return Object.fromEntries([...settings].sort(([a], [b]) => a.localeCompare(b)));
}

/** The settings as `name=share`, with the share that counts: the defect's own default where none was given. */
export function defectTexts(settings: DefectSettings): readonly string[] {
  const planted = new Defects(settings);
  return Object.keys(settings).map((name) => `${name}=${planted.parameters(name as DefectName).share}`);
}

function parseShare(name: string, text: string): number {
  const share = Number(text);
  if (/^[\d.]+$/.test(text) && share >= 0 && share <= 1) return share;
  throw usageError(`the share of defect "${name}" is "${text}"`, 'A share is a number from 0 to 1, such as 0.02.');
}
