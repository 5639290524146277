// Judges a run directory, writes its reports and prints the summary: the last step of every command that runs a load.

import { judge } from '../../lib/checkers/judge.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { renderTerminal } from '../../reports/render/terminal.ts';
import { loadEvidence } from '../../reports/store/load-evidence.ts';
import type { RunDirectory } from '../../reports/store/run-directory.ts';
import { writeReports } from '../../reports/store/write-reports.ts';
import { refuseTurnedAway } from '../../runner/turned-away.ts';

/** Prints the verdict to standard output and makes its exit code the process's own. StampedeError 69 when the target turned every order away. */
export async function report(directory: RunDirectory): Promise<Verdict> {
  const evidence = await loadEvidence(directory);
  const verdict = judge(evidence);
  // A wrong address is no verdict on the platform; what was seen lost, contradicted or duplicated is one all the same.
  if (verdict.exitCode !== EXIT.integrity) refuseTurnedAway(evidence.run, evidence.history, directory.root);
  const colour = process.stdout.isTTY && process.env.NO_COLOR === undefined;
  process.stdout.write(renderTerminal(verdict, { colour, directory: directory.root }));
  process.exitCode = verdict.exitCode;
  await writeReports(directory, verdict).catch((cause: StampedeError) => {
    throw verdict.exitCode === EXIT.pass ? cause : unwritten(cause, verdict);
  });
  return verdict;
}

/** A verdict that cannot be kept is no pass; any other one keeps its exit code. */
function unwritten({ message, hint }: StampedeError, { exitCode }: Verdict): StampedeError {
  return new StampedeError(message, { exitCode, ...(hint === undefined ? {} : { hint }) });
}
