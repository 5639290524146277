import { describe, expect, it } from 'vitest';
import { checkDescriptors, checkMachine, checkMemory } from './check-machine.ts';

const GIB = 1024 ** 3;

describe('the check of the machine', () => {
  it('is content with enough memory, warns of little, and refuses far too little', () => {
    expect(checkMemory(8 * GIB)).toEqual({ name: 'memory', health: 'ok', seen: '8.0 GiB available' });
    expect(checkMemory(2 * GIB)).toMatchObject({ health: 'limited', advice: expect.stringContaining('3.0 GiB') });
    expect(checkMemory(1 * GIB).health).toBe('blocking');
  });

  it('reads the hard limit of file descriptors, since the soft one is raised', () => {
    const limits = (hard: string) =>
      `Limit  Soft Limit  Hard Limit  Units\nMax open files            1024      ${hard}     files\n`;
    expect(checkDescriptors(limits('20000'))).toMatchObject({ health: 'ok', seen: '20000 per process' });
    expect(checkDescriptors(limits('unlimited')).health).toBe('ok');
    expect(checkDescriptors(limits('1024'))).toMatchObject({
      health: 'limited',
      advice: expect.stringContaining('4096'),
    });
    expect(checkDescriptors('something else').health).toBe('limited');
  });

  it('looks at memory, disk, descriptors and clock of this machine', async () => {
    const checks = await checkMachine();
    expect(checks.map((check) => check.name)).toEqual(['memory', 'disk', 'file descriptors', 'clock']);
    expect(checks[1]?.seen).toMatch(/^\d+\.\d GiB free at \//);
  });
});
