import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { packagesMatchLock } from './npm-packages.mjs';

const NODE = { version: '24.0.0', integrity: 'sha512-node' };
const DARWIN = { version: '1.0.0', integrity: 'sha512-darwin', optional: true };

let root: string;
beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(join(root, 'node_modules'));
});

function match(wanted: object, installed: object | string): boolean {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': { name: 'stampede' }, ...wanted } }));
  const record = typeof installed === 'string' ? installed : JSON.stringify({ packages: installed });
  writeFileSync(join(root, 'node_modules/.package-lock.json'), record);
  return packagesMatchLock(root);
}

describe('the installed packages', () => {
  it('match when versions and contents are those of the lock file', () => {
    expect(match({ 'node_modules/node': NODE }, { 'node_modules/node': NODE })).toBe(true);
  });

  it('may lack packages for other platforms, and no others', () => {
    expect(match({ 'node_modules/node': NODE, 'node_modules/d': DARWIN }, { 'node_modules/node': NODE })).toBe(true);
    expect(match({ 'node_modules/node': NODE, 'node_modules/d': DARWIN }, { 'node_modules/d': DARWIN })).toBe(false);
  });

  it('do not match with another version, another content, or one package more', () => {
    const lock = { 'node_modules/node': NODE };
    expect(match(lock, { 'node_modules/node': { ...NODE, version: '24.0.1' } })).toBe(false);
    expect(match(lock, { 'node_modules/node': { ...NODE, integrity: 'sha512-other' } })).toBe(false);
    expect(match(lock, { 'node_modules/node': NODE, 'node_modules/d': DARWIN })).toBe(false);
  });

  it('do not match when npm has not recorded them, or was cut off while it did', () => {
    expect(match({ 'node_modules/node': NODE }, '{"packages": {"node_mod')).toBe(false);
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(packagesMatchLock(root)).toBe(false);
  });
});
