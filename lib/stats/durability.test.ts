import { describe, expect, it } from 'vitest';
import { durabilitySentence } from './durability.ts';

const none = { faults: 0, atRisk: 0, lost: 0, acknowledged: 0, lostInAll: 0 };

describe('the durability sentence', () => {
  it('claims only conservation for a run without a fault', () => {
    expect(durabilitySentence({ ...none, acknowledged: 1234 })).toBe(
      'No fault was injected: this run shows conservation (0 of 1,234 acknowledged orders lost), not durability.',
    );
  });

  it('shows 99.99 % from 29,956 items at risk on, and not with one less', () => {
    expect(durabilitySentence({ ...none, faults: 3, atRisk: 29_956 })).toBe(
      '0 of 29,956 at risk lost over 3 faults: durability ≥ 99.99 % at 95 %, for these faults only.',
    );
    expect(durabilitySentence({ ...none, faults: 3, atRisk: 29_955 })).toContain('≥ 99.98 %');
  });

  it('says what fewer items show', () => {
    expect(durabilitySentence({ ...none, faults: 1, atRisk: 10_000 })).toContain('over 1 fault: durability ≥ 99.97 %');
  });

  it('counts losses', () => {
    expect(durabilitySentence({ ...none, faults: 1, atRisk: 10_000, lost: 5 })).toMatch(/^5 of 10,000 .* ≥ 99.89 %/);
  });

  it('claims nothing when a fault put nothing at risk', () => {
    expect(durabilitySentence({ ...none, faults: 2 })).toBe(
      'Nothing was at risk over 2 faults: this run shows nothing about durability.',
    );
  });
});
