import { describe, expect, it } from 'vitest';
import { chooseIsolation, isolationOf } from './isolation.ts';

const status = (capEff: string) => `Name:\tnode\nCapInh:\t0000000000000000\nCapEff:\t${capEff}\nSeccomp:\t0\n`;

describe('the isolation', () => {
  it('is namespaces for root with all capabilities', () => {
    expect(isolationOf(0, status('000001ffffffffff'))).toEqual({ mode: 'namespaces' });
  });

  it('is loopback for anyone else, and says why', () => {
    expect(isolationOf(1000, status('000001ffffffffff'))).toMatchObject({
      mode: 'loopback',
      because: expect.stringMatching(/root/),
    });
  });

  it('is loopback for the root of a container that may not administer its network', () => {
    // What Docker grants by default: neither CAP_NET_ADMIN nor CAP_SYS_ADMIN.
    expect(isolationOf(0, status('00000000a80425fb'))).toMatchObject({
      mode: 'loopback',
      because: expect.stringMatching(/CAP_NET_ADMIN/),
    });
    expect(isolationOf(0, 'garbage').mode).toBe('loopback');
  });

  it('is loopback when asked for, whoever asks', () => {
    expect(chooseIsolation(true).mode).toBe('loopback');
  });
});
