import { describe, expect, it } from 'vitest';
import type { Check } from './check.ts';
import { renderChecks } from './render.ts';

const GO: Check = { name: 'Go', health: 'ok', seen: 'go1.26.8' };
const K6: Check = { name: 'k6', health: 'automatic', seen: 'not built', advice: 'The first run builds it.' };
const BROKER: Check = { name: 'rabbitmq-server', health: 'blocking', seen: 'missing', advice: 'Install it.' };

describe("the doctor's report", () => {
  it('has a line for each check, then what to do, then whether the gate can run', () => {
    expect(renderChecks([GO, K6])).toBe(
      [
        'ok            Go  go1.26.8',
        'on first run  k6  not built',
        '',
        'What to do:',
        '  k6: The first run builds it.',
        '',
        'The gate can run here.',
        '',
      ].join('\n'),
    );
  });

  it('names what blocks in the last sentence', () => {
    expect(renderChecks([GO, K6, BROKER])).toMatch(/The gate cannot run here yet: rabbitmq-server\.\n$/);
  });

  it('says nothing about what to do when all is well', () => {
    expect(renderChecks([GO])).not.toContain('What to do');
  });

  it('keeps a message of several lines in its row', () => {
    expect(renderChecks([{ ...BROKER, seen: 'one\ntwo' }])).toContain('rabbitmq-server  one two\n');
  });
});
