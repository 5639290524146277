// Which Go builds the extension, and whether it is new enough.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { lastLines, runTool } from './run-tool.ts';

const OLDEST = { major: 1, minor: 25 };
const HINT = 'Install Go 1.25 or later (https://go.dev/dl) and put its bin folder on the PATH.';

/**
 * Version of the Go that works in `folder`, e.g. `go1.26.8`; the folder's go.mod may choose a toolchain.
 * Throws StampedeError 69 when there is none or it is older than 1.25.
 */
export async function goVersion(folder: string): Promise<string> {
  const { found, exitCode, output } = await runTool({ command: 'go', args: ['env', 'GOVERSION'], cwd: folder });
  if (!found) throw unavailable('Go is missing; the suite builds its own k6 with it');
  const version = /^go(\d+)\.(\d+)\S*$/m.exec(output);
  if (exitCode !== 0 || version === null) throw unavailable(`Go does not work here:\n${lastLines(output)}`);
  const [text, major, minor] = version;
  const isOld = Number(major) < OLDEST.major || (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor);
  if (isOld) throw unavailable(`${text} is too old`);
  return text;
}

function unavailable(message: string): StampedeError {
  return new StampedeError(message, { exitCode: EXIT.unavailable, hint: HINT });
}
