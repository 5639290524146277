import { describe, expect, it } from 'vitest';
import { instanceOf, type TestbedStatus } from '../../testbed/testbed.ts';
import { checkTestbed } from './check-testbeds.ts';

const READY: TestbedStatus = {
  instance: 'main',
  folder: '/x/main',
  targetFile: '/x/main/target.json',
  mode: 'namespaces',
  partitionFaults: 'possible',
  subnet: '198.18.4.0/24',
  defects: {},
  versions: { rabbitmq: '3.10.8', postgresql: '15' },
  supervisor: { pid: 7, alive: true },
  complete: true,
  ready: true,
  processes: [],
};

describe('the check of testbeds', () => {
  it('is content with one that is up, and says whose it is and how to end it', () => {
    expect(checkTestbed('main', READY)).toEqual({
      name: 'testbed main',
      health: 'ok',
      seen: 'up on 198.18.4.0/24; of another clone, or started with --instance; to end it: npx stampede down --instance main',
    });
    const own = instanceOf().name;
    expect(checkTestbed(own, READY).seen).toContain("; this clone's own; ");
  });

  it('leaves one alone that a run uses, in whatever state an experiment has it', () => {
    for (const found of [READY, { ...READY, ready: false }]) {
      const check = checkTestbed('main', found, true);
      expect(check).toMatchObject({ health: 'ok', seen: expect.stringContaining('a run uses it just now') });
      expect(JSON.stringify(check)).not.toContain('stampede down');
    }
  });

  it('tells how to remove one that was half made', () => {
    for (const found of [null, { ...READY, complete: false, ready: false }]) {
      expect(checkTestbed('main', found)).toMatchObject({
        health: 'limited',
        seen: 'half made; of another clone, or started with --instance',
        advice: expect.stringContaining('npx stampede down --instance main'),
      });
    }
  });

  it('says what is wrong with one that is not ready', () => {
    const broker = { name: 'broker-2', host: '', port: 1, pid: null, held: false, restarts: 0, ready: false } as const;
    const found: TestbedStatus = {
      ...READY,
      ready: false,
      supervisor: { pid: 7, alive: false },
      processes: [{ ...broker, state: 'stopped', problem: 'does not run' }],
    };
    expect(checkTestbed('main', found).seen).toBe(
      'the supervisor is gone; broker-2 does not run; of another clone, or started with --instance',
    );
  });
});
