import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, gateWith } from './harness/gate-with-defect.ts';

afterEach(cleanUp);

describe('a planted defect is caught', () => {
  it('stuck-saga: with 20 % of the orders never final, the latency bound is broken although the survivors are quick', async () => {
    const { exitCode, verdict } = await gateWith('stuck-saga=0.2');
    expect(exitCode).toBe(1);
    const p90 = verdict.findings.find((finding) => finding.id === 'S1-ORDER-P90' && finding.stage === '40');
    expect(p90).toMatchObject({ status: 'fail' });
    expect(verdict.orders.fates.stuck).toBeGreaterThan(verdict.orders.acknowledged * 0.1);
    expect(verdict.stages[0]?.completion.p50).toBeLessThan(2000);
  });

  it('not-idempotent: orders that are charged twice when they are submitted twice break integrity, by their ids', async () => {
    const { exitCode, verdict } = await gateWith('not-idempotent');
    expect(exitCode).toBe(2);
    expect(verdict.orders.duplicated).toBeGreaterThan(0);
    expect(verdict.findings.find((finding) => finding.id === 'S1-DUP')).toMatchObject({ status: 'fail' });
  });

  it('slow-checkout: a checkout that takes 6 s breaks the bound of its step', async () => {
    const { exitCode, stdout, verdict } = await gateWith('slow-checkout');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('step checkout');
    const p90 = verdict.findings.find((finding) => finding.id === 'S1-HTTP-P90' && finding.stage === '40');
    expect(p90).toMatchObject({ status: 'fail', step: 'checkout' });
  });

  it('lock-order: deadlocks that the database breaks are counted, though every order ends well', async () => {
    const { exitCode, stdout, verdict } = await gateWith('lock-order');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^FAIL \(exit 1\): S1-DEADLOCKS: the database broke \d+ deadlock/);
    expect(verdict.orders.fates).toMatchObject({ lost: 0, stuck: 0 });
  });

  it('poison-message: messages that the platform gives up are counted where they lie', async () => {
    const { exitCode, stdout, verdict } = await gateWith('poison-message');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^FAIL \(exit 1\): S1-DLQ-NEW: \d+ messages? dead-lettered: \d+ in payments.dead-letter/);
    const found = verdict.findings.find((finding) => finding.id === 'S1-DLQ-NEW');
    expect(found?.observed).toBe(verdict.orders.fates.stuck);
    const accounted = verdict.findings.find((finding) => finding.id === 'dead-letters-accounted');
    expect(accounted).toMatchObject({ status: 'pass', observed: found?.observed });
    expect(accounted?.message).toMatch(/^(\d+) dead letters? of \1 orders?: \1 stuck$/);
  });
});
