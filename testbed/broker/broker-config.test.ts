import { describe, expect, it } from 'vitest';
import { addressPlan } from '../network/address-plan.ts';
import { SECRET_NAMES, type SecretName } from '../secrets.ts';
import { brokerConfig, brokerDefinitions, FOUNDER, passwordHash } from './broker-config.ts';

const addresses = addressPlan('namespaces', 4);
const lines = brokerConfig({ instance: 'i', node: 'broker-2', addresses, definitionsFile: '/d.json' }).split('\n');

describe('the configuration of a broker node', () => {
  it('binds every listener to the address of the node itself', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        'listeners.tcp.1 = 198.18.4.12:5672',
        'management.tcp.ip = 198.18.4.12',
        'prometheus.tcp.ip = 198.18.4.12',
      ]),
    );
  });

  it('names all three nodes of the cluster', () => {
    const peers = lines.filter((line) => line.startsWith('cluster_formation.classic_config.nodes.'));
    expect(peers.map((line) => line.split(' = ')[1])).toEqual([
      'broker-1@198.18.4.11',
      'broker-2@198.18.4.12',
      'broker-3@198.18.4.13',
    ]);
  });

  it('lets the founder alone know of nobody whom it could join', () => {
    const founder = brokerConfig({ instance: 'i', node: FOUNDER, addresses, definitionsFile: '/d.json' });
    expect(founder.match(/classic_config\.nodes\S+ = .+/g)).toEqual(['classic_config.nodes.1 = broker-1@198.18.4.11']);
  });

  it('says in so many words that a minority stops', () => {
    expect(lines).toContain('cluster_partition_handling = pause_minority');
  });
});

describe('the definitions', () => {
  const secrets = Object.fromEntries(SECRET_NAMES.map((name) => [name, `secret of ${name}`])) as Record<
    SecretName,
    string
  >;

  it('hold no password in the clear', () => {
    for (const secret of Object.values(secrets)) expect(brokerDefinitions(secrets)).not.toContain(secret);
  });

  it('give the monitoring user no access to any queue, and make no guest', () => {
    const { users, permissions } = JSON.parse(brokerDefinitions(secrets));
    expect(users.map((user: { name: string }) => user.name)).toEqual(['orders', 'monitoring', 'tap']);
    expect(permissions[1]).toEqual({ user: 'monitoring', vhost: '/', configure: '^$', write: '^$', read: '^$' });
  });

  it('let the tap make queues of its own name alone', () => {
    const { permissions } = JSON.parse(brokerDefinitions(secrets));
    const { configure, write } = permissions[2];
    for (const right of [configure, write].map((pattern) => new RegExp(pattern))) {
      expect(right.test('stampede-tap.20261121T123708Z-quick-e6e2.overflow')).toBe(true);
      for (const other of ['orders', 'payments', 'stampede-tap', 'x.stampede-tap.x'])
        expect(right.test(other)).toBe(false);
    }
  });

  it('hash a password as the documentation of RabbitMQ computes it by hand', () => {
    // The worked example there: password test12, salt 908DC60A.
    expect(passwordHash('test12', Buffer.from('908DC60A', 'hex'))).toBe(
      'kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR',
    );
  });
});
