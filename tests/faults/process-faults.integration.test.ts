import { describe, expect, it } from 'vitest';
import { REHEARSAL } from '../../chaos/faults/fault.ts';
import { processFreeze } from '../../chaos/faults/process-freeze.ts';
import { processKill } from '../../chaos/faults/process-kill.ts';
import { processStop } from '../../chaos/faults/process-stop.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import { expectHealedAfterHalf, expectSeenAndHealed } from '../harness/life-of-a-fault.ts';
import { ownTestbed } from '../harness/own-testbed.ts';

const instance = ownTestbed('faults');
const system = () => embeddedSystem(instance);

describe.each([processKill, processStop])('$name', (fault) => {
  it.each(['payments', 'database'])('strikes %s, which its supervisor restarts', async (process) => {
    const before = await system().processes.identity(process);
    const options = { process, restartedBy: 'supervisor' };
    await expectSeenAndHealed({ fault, options, system, over: true });
    expect(await system().processes.identity(process)).not.toBe(before);
  });

  it.each(['orders-api', 'database'])('strikes %s, which stays down until it is healed', async (process) => {
    const whileOn = async () => expect(await system().processes.problem(process)).toBe('does not run');
    await expectSeenAndHealed({ fault, options: { process, restartedBy: 'heal' }, system, whileOn });
  });

  it('is healed after half an inject: the process was only held', async () => {
    await expectHealedAfterHalf({ fault, options: { process: 'inventory', restartedBy: 'heal' }, system });
  });

  it('has nobody to strike where there is no such process', async () => {
    const options = { process: 'nobody', restartedBy: 'heal' };
    await expect(fault.aim(system(), options, REHEARSAL)).rejects.toThrow(
      'there is no process nobody; there are database, broker-1',
    );
  });

  it('does not strike another life than the one that was written down', async () => {
    const intent = { process: 'payments', life: '1/1', restartedBy: 'heal' };
    await expect(fault.inject(system(), intent)).rejects.toThrow('payments is not the process any more');
    expect(await fault.verifyHealed(system(), intent)).toBeNull();
  });
});

describe('process-freeze', () => {
  it.each(['payments', 'database'])('freezes %s, which answers nothing and lives on', async (process) => {
    const life = await system().processes.identity(process);
    const whileOn = async () => {
      expect(await system().processes.problem(process)).not.toBeNull();
      expect(await system().processes.identity(process)).toBe(life);
    };
    await expectSeenAndHealed({ fault: processFreeze, options: { process }, system, whileOn });
    expect(await system().processes.identity(process)).toBe(life);
  });

  it('is healed after half an inject', async () => {
    await expectHealedAfterHalf({ fault: processFreeze, options: { process: 'inventory' }, system });
  });
});
