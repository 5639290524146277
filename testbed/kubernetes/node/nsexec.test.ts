import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const NSEXEC = fileURLToPath(new URL('nsexec.sh', import.meta.url));
const bin = mkdtempSync(join(tmpdir(), 'stampede-nsexec-'));
writeFileSync(join(bin, 'nsenter'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
afterAll(() => rmSync(bin, { recursive: true }));

/** With which parameters nsenter is called. */
function parametersFor(...args: readonly string[]): readonly string[] {
  const env = { PATH: `${bin}:/usr/bin:/bin` };
  return execFileSync('/bin/sh', [NSEXEC, ...args], { encoding: 'utf8', env, stdio: 'pipe' })
    .trimEnd()
    .split('\n');
}

describe('the stand-in for nsexec', () => {
  it('enters the namespaces that it is told', () => {
    const namespaces = ['-p', '/proc/7/ns/pid', '-n', '/proc/7/ns/net', '-m', '/proc/7/ns/mnt'];
    expect(parametersFor(...namespaces, '--', 'iptables-restore', '--noflush')).toEqual([
      '--mount=/proc/7/ns/mnt',
      '--pid=/proc/7/ns/pid',
      '--net=/proc/7/ns/net',
      '--',
      'iptables-restore',
      '--noflush',
    ]);
  });

  it('keeps the files of here when told so', () => {
    expect(parametersFor('-l', '-m', '/proc/7/ns/mnt', '-n', '/proc/7/ns/net', '--', 'tc')).toEqual([
      '--net=/proc/7/ns/net',
      '--',
      'tc',
    ]);
  });

  it('refuses what it does not know, instead of acting somewhere else', () => {
    expect(() => parametersFor('-u', '/proc/7/ns/uts', '--', 'hostname')).toThrow(/not known here/);
  });
});
