import { describe, expect, it } from 'vitest';
import { defectTexts, parseDefects } from './defect-options.ts';

const known = ['phantom-ok', 'stuck-saga'];

describe('the option --defect', () => {
  it('takes a name, alone or with its share', () => {
    expect(parseDefects(['stuck-saga', 'phantom-ok=0.02'], known)).toEqual({
      'phantom-ok': { share: 0.02 },
      'stuck-saga': {},
    });
    expect(parseDefects([], known)).toEqual({});
  });

  it('gives the same settings in whatever order', () => {
    const one = parseDefects(['stuck-saga', 'phantom-ok'], known);
    expect(JSON.stringify(parseDefects(['phantom-ok', 'stuck-saga'], known))).toBe(JSON.stringify(one));
  });

  it.each([
    ['phantom', /no defect/],
    ['phantom-ok=', /share/],
    ['phantom-ok=2', /share/],
    ['phantom-ok=-1', /share/],
    ['phantom-ok=0.1.2', /share/],
    ['phantom-ok=1e-2', /share/],
    ['=0.5', /no defect/],
    ['constructor', /no defect/],
  ])('refuses %s as wrong usage', (option, message) => {
    expect(() => parseDefects([option], known)).toThrow(message);
    expect(() => parseDefects([option], known)).toThrow(expect.objectContaining({ exitCode: 64 }));
  });

  it('is shown with the share that counts, also where none was given', () => {
    expect(defectTexts(parseDefects(['stuck-saga', 'phantom-ok=0.05'], known))).toEqual([
      'phantom-ok=0.05',
      'stuck-saga=0.2',
    ]);
  });

  it('refuses a name that is given twice', () => {
    expect(() => parseDefects(['phantom-ok', 'phantom-ok=0.5'], known)).toThrow(/twice/);
  });
});
