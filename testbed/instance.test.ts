import { describe, expect, it } from 'vitest';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { defaultInstanceName, instanceOf } from './instance.ts';

const home = { STAMPEDE_HOME: '/tmp/h' };

describe('an instance', () => {
  it('lies in a folder of its own below STAMPEDE_HOME', () => {
    expect(instanceOf('a', home).folder).toBe('/tmp/h/testbeds/a');
    expect(instanceOf('a', {}).folder).toMatch(/\/\.cache\/stampede\/testbeds\/a$/);
  });

  it('has another key in another home, so that kernel names do not collide', () => {
    expect(instanceOf('a', home).key).not.toBe(instanceOf('a', { STAMPEDE_HOME: '/tmp/i' }).key);
    expect(instanceOf('a', home).key).toMatch(/^[0-9a-f]{6}$/);
  });

  it('refuses a name that would leave its folder', () => {
    for (const name of ['../x', 'A', '', '-a', 'a/b', 'x'.repeat(41)]) {
      expect(() => instanceOf(name, home), name).toThrow(StampedeError);
    }
  });

  it('refuses a home whose control socket would have too long a path', () => {
    expect(() => instanceOf('a', { STAMPEDE_HOME: `/tmp/${'x'.repeat(80)}` })).toThrow(/too long/);
  });
});

describe('the default name', () => {
  it('differs for two clones in folders of the same name', () => {
    expect(defaultInstanceName('/a/stampede')).not.toBe(defaultInstanceName('/b/stampede'));
  });

  it('is a valid name whatever the folder is called', () => {
    for (const clone of ['/a/My Clone (2)', '/', '/ÄÖ', `/a/${'long'.repeat(30)}`]) {
      expect(() => instanceOf(defaultInstanceName(clone), home), clone).not.toThrow();
    }
  });
});
