import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { findBinaries, type Machine, requireBinaries } from './binaries.ts';

let root: string;
const machine = (isRoot: boolean): Machine => ({ root, path: '/usr/sbin:/usr/bin', isRoot });

beforeEach(() => {
  root = temporaryFolder();
});

function install(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '#!/bin/sh\necho "postgres (PostgreSQL) 16.3"\n', { mode: 0o755 });
  }
}

const RABBITMQ = ['usr/lib/rabbitmq/bin/rabbitmq-server', 'usr/lib/rabbitmq/lib/rabbitmq_server-4.0.5/plugins/x'];
const TOOLS = ['usr/sbin/ip', 'usr/bin/nsenter', 'usr/bin/setpriv'];

describe('the binaries', () => {
  it('are found with their versions, the newest PostgreSQL first', () => {
    install(...RABBITMQ, ...TOOLS, ...['9', '15', '17'].map((version) => `usr/lib/postgresql/${version}/bin/postgres`));
    expect(requireBinaries(machine(true))).toEqual({
      rabbitmq: { folder: join(root, 'usr/lib/rabbitmq/bin'), version: '4.0.5' },
      postgresql: { folder: join(root, 'usr/lib/postgresql/17/bin'), version: '17' },
    });
  });

  it('are the scripts themselves where the wrapper of the distribution is on the PATH too', () => {
    install(...RABBITMQ, 'usr/sbin/rabbitmq-server', 'usr/bin/postgres');
    expect(requireBinaries(machine(false)).rabbitmq.folder).toBe(join(root, 'usr/lib/rabbitmq/bin'));
  });

  it('are found through the PATH where there is no package of Debian', () => {
    install('opt/rabbitmq/sbin/rabbitmq-server', 'opt/rabbitmq/plugins/rabbit-4.1.2/x', 'usr/bin/postgres');
    symlinkSync(join(root, 'opt/rabbitmq/sbin/rabbitmq-server'), join(root, 'usr/bin/rabbitmq-server'));
    expect(requireBinaries(machine(false))).toEqual({
      rabbitmq: { folder: join(root, 'opt/rabbitmq/sbin'), version: '4.1.2' },
      postgresql: { folder: join(root, 'usr/bin'), version: '16.3' },
    });
  });

  it('on a bare machine are missing by the names of their packages, the tools of root for root alone', () => {
    const missing = ['rabbitmq-server', 'postgresql', 'iproute2', 'util-linux'];
    expect(findBinaries(machine(true))).toEqual({ found: {}, missing });
    expect(findBinaries(machine(false)).missing).toEqual(['rabbitmq-server', 'postgresql']);
    expect(() => requireBinaries(machine(true))).toThrow(expect.objectContaining({ exitCode: 69 }));
  });

  it('do not count a PostgreSQL of which only the client is installed', () => {
    install(...RABBITMQ, ...TOOLS, 'usr/lib/postgresql/15/bin/psql');
    expect(findBinaries(machine(true)).missing).toEqual(['postgresql']);
  });

  it('are refused, with what to do, when RabbitMQ is of a version that the cluster cannot be made of', () => {
    install('opt/rabbitmq/sbin/rabbitmq-server', 'opt/rabbitmq/plugins/rabbit-4.3.0/x', 'usr/bin/postgres');
    symlinkSync(join(root, 'opt/rabbitmq/sbin/rabbitmq-server'), join(root, 'usr/bin/rabbitmq-server'));
    expect(() => requireBinaries(machine(false))).toThrow(
      expect.objectContaining({ exitCode: 69, hint: expect.stringContaining('RabbitMQ 3.10 to 4.2') }),
    );
  });

  it('are told with the command that gets them', () => {
    install(...RABBITMQ, 'usr/lib/postgresql/15/bin/postgres', 'usr/bin/nsenter', 'usr/bin/setpriv');
    expect(() => requireBinaries(machine(true))).toThrow(
      expect.objectContaining({ hint: 'On Debian or Ubuntu: apt-get install iproute2' }),
    );
  });
});
