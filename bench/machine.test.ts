import { describe, expect, it } from 'vitest';
import { k6Version } from './machine.ts';

describe('the version of k6', () => {
  it('is the one that go.mod asks for', () => {
    expect(k6Version('require (\n\texample.org/a v1.0.0\n\tgo.k6.io/k6/v2 v2.2.0\n)\n')).toBe('2.2.0');
  });

  it('is unknown where go.mod asks for none', () => {
    expect(k6Version('module example.org/k6\n')).toBe('unknown');
  });
});
