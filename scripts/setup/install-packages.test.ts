import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';

const SCRIPT = fileURLToPath(new URL('install-packages.sh', import.meta.url));

/** Stands in for apt-get: notes what it is asked, and what the file system's switches are at that moment. */
const APT_GET = `#!/bin/sh
for word in "$@"; do case $word in update|install) verb=$word ;; esac; done
{ echo "$verb: $*"; sh "$INSTALL_ROOT/usr/sbin/policy-rc.d"; echo "policy says $?"; cat "$INSTALL_ROOT/etc/postgresql-common/createcluster.d/"*; } >> "$INSTALL_ROOT/events"
echo "apt talks about $verb"
[ "$verb" != "$APT_SLOW" ] || sleep 1
[ "$verb" != install ] || touch "$INSTALL_ROOT/usr/lib/systemd/system/rabbitmq-server.service"
echo "$verb done" >> "$INSTALL_ROOT/events"
[ "$verb" != "$APT_FAILS" ] || exit 100
`;
const SYSTEMCTL = '#!/bin/sh\necho "systemctl $*" >> "$INSTALL_ROOT/events"\n';

let root: string;
let policy: string;

beforeEach(() => {
  root = temporaryFolder();
  policy = join(root, 'usr/sbin/policy-rc.d');
  for (const folder of ['bin', 'usr/sbin', 'usr/lib/systemd/system'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'bin/apt-get'), APT_GET, { mode: 0o755 });
  writeFileSync(join(root, 'bin/systemctl'), SYSTEMCTL, { mode: 0o755 });
});

function start(env: Record<string, string> = {}): ChildProcess {
  const path = `${join(root, 'bin')}:${process.env.PATH}`;
  return spawn('/bin/sh', [SCRIPT, 'rabbitmq-server', 'postgresql'], {
    env: { PATH: path, INSTALL_ROOT: root, TMPDIR: root, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function install(env: Record<string, string> = {}) {
  const child = start(env);
  let output = '';
  child.stdout?.on('data', (text) => {
    output += text;
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode, output };
}

function events(): string {
  return existsSync(join(root, 'events')) ? readFileSync(join(root, 'events'), 'utf8') : '';
}

function expectNoSwitchLeft(): void {
  expect(existsSync(policy)).toBe(false);
  expect(existsSync(join(root, 'etc/postgresql-common/createcluster.d'))).toBe(false);
}

describe('the installation of packages', () => {
  it('updates once, installs all together without recommendations, and waits for the lock of another apt', async () => {
    expect((await install()).exitCode).toBe(0);
    const asked = events()
      .split('\n')
      .filter((line) => /^(update|install): /.test(line));
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatch(
      /^install: .*DPkg::Lock::Timeout=120.* install --no-install-recommends rabbitmq-server postgresql$/,
    );
  });

  it('forbids the start of services and the default cluster while apt runs, and no longer', async () => {
    await install();
    expect(events()).toMatch(/install: .*\npolicy says 101\ncreate_main_cluster = false\n/);
    expectNoSwitchLeft();
  });

  it('leaves a policy of someone else as it is', async () => {
    const own = '#!/bin/sh\n# the owner\nexit 104\n';
    writeFileSync(policy, own, { mode: 0o755 });
    await install();
    expect(events()).toContain('policy says 104');
    expect(readFileSync(policy, 'utf8')).toBe(own);
  });

  it('removes its switches when apt fails, and then shows what apt said', async () => {
    const { exitCode, output } = await install({ APT_FAILS: 'install' });
    expect(exitCode).toBe(100);
    expect(output).toContain('apt talks about install');
    expectNoSwitchLeft();
  });

  it('lets apt end when it gets a signal, installs nothing more, and removes its switches', async () => {
    const child = start({ APT_SLOW: 'update' });
    await vi.waitFor(() => expect(events()).toContain('update:'), { timeout: 5000 });
    child.kill('SIGTERM');
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(130);
    expect(events()).toContain('update done');
    expect(events()).not.toContain('install:');
    expectNoSwitchLeft();
  });

  it('goes on to the end when its caller has died', async () => {
    const child = start({ APT_SLOW: 'update' });
    child.stdout?.destroy();
    child.stderr?.destroy();
    await once(child, 'exit');
    expect(events()).toContain('install done');
    expectNoSwitchLeft();
  });

  it('keeps from the boot only what it has brought itself', async () => {
    writeFileSync(join(root, 'usr/lib/systemd/system/epmd.service'), '');
    await install();
    expect(events()).toContain('systemctl disable --quiet rabbitmq-server.service');
    expect(events()).not.toContain('epmd');
  });
});
