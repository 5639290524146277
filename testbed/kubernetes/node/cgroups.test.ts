import { describe, expect, it } from 'vitest';
import { instanceOf } from '../../instance.ts';
import { podsCgroup } from './cgroups.ts';

const instance = instanceOf('a', { STAMPEDE_HOME: '/tmp/h' }, 'cluster');
const name = `stampede-${instance.key}`;

describe('the cgroup of the pods', () => {
  it('lies in the cgroup of the command that starts the cluster, as far as processor time goes', () => {
    const own = '9:name=systemd:/\n4:memory:/other\n1:cpu:/helpers/mine\n0::/\n';
    expect(podsCgroup(instance, own)).toBe(`/helpers/mine/${name}`);
    expect(podsCgroup(instance, '3:cpu,cpuacct:/user.slice\n')).toBe(`/user.slice/${name}`);
  });

  it('stands at the root under version 2, where a group that has processes can have no children with limits', () => {
    expect(podsCgroup(instance, '0::/user.slice/session-1.scope\n')).toBe(`/${name}`);
  });

  it('is not mistaken: cpuset and cpuacct alone are no processor time', () => {
    expect(podsCgroup(instance, '3:cpuset:/a\n2:cpuacct:/b\n')).toBe(`/${name}`);
  });
});
