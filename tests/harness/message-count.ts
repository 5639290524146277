// Counts messages in a run directory with grep, sort and comm: nothing of the suite's own reading has a part in it.

import { execFileSync } from 'node:child_process';

export interface MessageCount {
  readonly acked: number;
  readonly consumed: number;
  /** Acknowledged ids that stand in no line of a consumer. */
  readonly lost: number;
}

const SCRIPT = `
set -euo pipefail
keys() { grep -o '"key":"[^"]*"' | sort -u; }
acked=$(mktemp); consumed=$(mktemp)
grep '"f":"publish"' "$1/history.ndjson" | { grep '"type":"ok"' || true; } | { keys || true; } > "$acked"
cat "$1/history.ndjson" "$1/final-reads.ndjson" | { grep '"f":"consume"' || true; } | { grep '"type":"ok"' || true; } | { keys || true; } > "$consumed"
echo "$(wc -l < "$acked") $(wc -l < "$consumed") $(comm -23 "$acked" "$consumed" | wc -l)"
rm "$acked" "$consumed"
`;

export function countMessages(run: string): MessageCount {
  const said = execFileSync('bash', ['-c', SCRIPT, 'bash', run], { encoding: 'utf8' });
  const [acked = 0, consumed = 0, lost = 0] = said.trim().split(' ').map(Number);
  return { acked, consumed, lost };
}
