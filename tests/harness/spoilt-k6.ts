// A cache folder whose k6 runs the scenario with one expression replaced: a planted defect of the suite itself.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** For STAMPEDE_HOME. `from` and `to` are put into `sed s/from/to/`; the suite must have built its k6 before. */
export function cacheWithSpoiltK6(folder: string, from: string, to: string): string {
  const built = join(process.env.STAMPEDE_HOME || join(homedir(), '.cache', 'stampede'), 'k6');
  for (const version of readdirSync(built)) {
    mkdirSync(join(folder, 'k6', version), { recursive: true });
    const script = spoil(join(built, version, 'k6'), from, to);
    writeFileSync(join(folder, 'k6', version, 'k6'), script, { mode: 0o755 });
  }
  return folder;
}

/** The scenario is k6's last argument; what k6 runs instead must not be what it was. */
function spoil(k6: string, from: string, to: string): string {
  return `#!/bin/sh
[ "$1" = run ] || exec '${k6}' "$@"
eval "scenario=\\$$#"
spoilt=$(dirname "$0")/spoilt.js
sed 's/${from}/${to}/' "$scenario" >"$spoilt"
cmp -s "$scenario" "$spoilt" && exit 64
last=$#
for argument; do
  shift
  last=$((last - 1))
  [ "$last" -gt 0 ] || argument=$spoilt
  set -- "$@" "$argument"
done
exec '${k6}' "$@"
`;
}
