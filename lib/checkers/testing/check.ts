// Runs one checker over a scene.

import { bounds } from '../../../thresholds.ts';
import type { Finding } from '../../model/finding.ts';
import type { Checker } from '../checker.ts';
import type { Scene } from './scene.ts';

/** All findings of the checker, judged by the real bounds. */
export async function check(checker: Checker, scene: Pick<Scene, 'evidence'>): Promise<readonly Finding[]> {
  return checker(await scene.evidence(), bounds);
}

/** The one finding of a checker that gives one. */
export async function checkOne(checker: Checker, scene: Pick<Scene, 'evidence'>): Promise<Finding> {
  const [finding, ...more] = await check(checker, scene);
  if (finding === undefined || more.length > 0) throw new Error(`expected one finding, got ${more.length + 1}`);
  return finding;
}

/** The finding with this id, in this stage. */
export async function checkBound(
  checker: Checker,
  scene: Pick<Scene, 'evidence'>,
  id: string,
  stage?: string,
): Promise<Finding> {
  const findings = await check(checker, scene);
  const found = findings.find((finding) => finding.id === id && (stage === undefined || finding.stage === stage));
  if (found === undefined) throw new Error(`no finding ${id}`);
  return found;
}
