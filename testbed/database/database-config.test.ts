import { describe, expect, it } from 'vitest';
import { addressPlan } from '../network/address-plan.ts';
import { databaseAccess, databaseConfig } from './database-config.ts';

describe('the configuration of the database', () => {
  it('keeps every promise of durability', () => {
    const lines = databaseConfig(addressPlan('namespaces', 4)).split('\n');
    for (const promise of ['fsync = on', 'synchronous_commit = on', 'full_page_writes = on'])
      expect(lines).toContain(promise);
  });

  it('listens on the address of its own host and on no socket in the file system', () => {
    const lines = databaseConfig(addressPlan('namespaces', 4)).split('\n');
    expect(lines).toContain("listen_addresses = '198.18.4.10'");
    expect(lines).toContain("unix_socket_directories = ''");
  });

  it('lets in with a password only, from its own subnet or from this machine', () => {
    expect(databaseAccess(addressPlan('namespaces', 4))).toBe('host all all 198.18.4.0/24 scram-sha-256\n');
    expect(databaseAccess(addressPlan('loopback', 4))).toBe('host all all 127.0.0.0/8 scram-sha-256\n');
  });
});
