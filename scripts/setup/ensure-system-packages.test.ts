import { describe, expect, it, vi } from 'vitest';
import { EXIT } from '../../lib/model/exit-code.ts';
import { ensureSystemPackages, type PackageMachine } from './ensure-system-packages.ts';

vi.spyOn(process.stderr, 'write').mockImplementation(() => true);

const BROKER = { name: 'rabbitmq-server', why: 'for the broker' };
const TOOLS = { name: 'iproute2', why: 'for the network' };

/** A machine that lacks two packages, and what happened on it in order. */
function machine(changes: Partial<PackageMachine> = {}) {
  const events: string[] = [];
  let missing = [BROKER, TOOLS];
  const base: PackageMachine = {
    missing: () => missing,
    rights: async () => ({ prefix: [] }),
    install: async (names, prefix) => {
      events.push(`install ${[...prefix, ...names].join(' ')}`);
      missing = [];
      return { found: true, exitCode: 0, output: '' };
    },
    say: (text) => void events.push(text),
  };
  return { machine: { ...base, ...changes }, events };
}

describe('the system packages', () => {
  it('are left alone when nothing is missing', async () => {
    const { machine: complete, events } = machine({ missing: () => [] });
    await ensureSystemPackages(['rabbitmq'], complete);
    expect(events).toEqual([]);
  });

  it('are installed together, after it was said which, why and with which rights', async () => {
    const { machine: bare, events } = machine({ rights: async () => ({ prefix: ['sudo', '-n'] }) });
    await ensureSystemPackages(['rabbitmq'], bare);
    expect(events[0]).toMatch(/with sudo:\n.*rabbitmq-server: for the broker\n.*iproute2: for the network\n/);
    expect(events.slice(1)).toEqual(['install sudo -n rabbitmq-server iproute2']);
  });

  it('are not touched without the rights: the reader gets their names and the command', async () => {
    const { machine: foreign, events } = machine({ rights: async () => ({ refusal: 'this needs root' }) });
    await expect(ensureSystemPackages(['rabbitmq'], foreign)).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: 'rabbitmq-server, iproute2 must be installed, but this needs root',
      hint: expect.stringContaining('apt-get install --no-install-recommends rabbitmq-server iproute2'),
    });
    expect(events).toEqual([]);
  });

  it('that apt cannot install end the command with the last thing that apt said', async () => {
    const install = async () => ({ found: true, exitCode: 100, output: 'Reading\nE: no space left' });
    await expect(ensureSystemPackages(['rabbitmq'], machine({ install }).machine)).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: expect.stringMatching(/E: no space left$/),
    });
  });

  it('that are installed but not found end the command too', async () => {
    const install = async () => ({ found: true, exitCode: 0, output: '' });
    await expect(ensureSystemPackages(['rabbitmq'], machine({ install }).machine)).rejects.toThrow(
      /not where they belong/,
    );
  });

  it('are installed once when two processes lack them at the same time', async () => {
    const { machine: bare, events } = machine();
    await Promise.all([ensureSystemPackages(['rabbitmq'], bare), ensureSystemPackages(['rabbitmq'], bare)]);
    expect(events.filter((event) => event.startsWith('install'))).toHaveLength(1);
  });
});
