import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { StampedeError } from '../lib/model/stampede-error.ts';
import type { Target } from '../lib/model/target.ts';
import type { PlatformStore } from './platform-store.ts';
import { preflight } from './preflight.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Base URL of a server that answers 404 to all. */
async function listening(): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(404).end());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const targetAt = (shopping: string, orders: string): Target => ({
  name: 'test',
  flow: 'seed',
  http: { baseUrls: { shopping, orders } },
});

describe('the look before the load', () => {
  it('is content with any HTTP answer', async () => {
    const url = await listening();
    await expect(preflight(targetAt(url, url), undefined)).resolves.toBeUndefined();
  });

  it('refuses with 69 a base URL where nothing listens, by name and address', async () => {
    const url = await listening();
    const dead = 'http://127.0.0.1:9';
    const refusal = { exitCode: 69, message: expect.stringContaining(`orders at ${dead} cannot be reached`) };
    await expect(preflight(targetAt(url, dead), undefined)).rejects.toMatchObject(refusal);
  });

  it('refuses with 64 a secret that is not set, before anything is asked', async () => {
    const database = { host: 'h', port: 1, database: 'd', user: 'u', password: 'env:NOT_SET_ANYWHERE' } as const;
    const target = { ...targetAt('http://127.0.0.1:9', 'http://127.0.0.1:9'), database };
    await expect(preflight(target, undefined)).rejects.toMatchObject({ exitCode: 64 });
  });

  it('refuses with 69 a database that does not answer', async () => {
    const url = await listening();
    const database = { host: '127.0.0.1', port: 1, database: 'd', user: 'u', password: 'env:PATH' } as const;
    const store = { deadlocks: () => Promise.reject(new Error('connect ECONNREFUSED')) } as unknown as PlatformStore;
    const refusal = { exitCode: 69, message: expect.stringContaining('the database at 127.0.0.1:1') };
    await expect(preflight({ ...targetAt(url, url), database }, store)).rejects.toMatchObject(refusal);
  });

  it('asks about the certificate when it is that which is wrong, and about the address otherwise', async () => {
    const url = await listening();
    const database = { host: '127.0.0.1', port: 1, database: 'd', user: 'u', password: 'env:PATH' } as const;
    const hintAfter = async (code: string) => {
      const store = { deadlocks: () => Promise.reject(Object.assign(new Error(code), { code })) };
      const look = preflight({ ...targetAt(url, url), database }, store as unknown as PlatformStore);
      return look.then(
        () => '',
        ({ hint }: StampedeError) => hint,
      );
    };
    expect(await hintAfter('DEPTH_ZERO_SELF_SIGNED_CERT')).toMatch(/certificate authority/);
    expect(await hintAfter('ERR_TLS_CERT_ALTNAME_INVALID')).toMatch(/name in the certificate/);
    expect(await hintAfter('CERT_HAS_EXPIRED')).toMatch(/^Renew it/);
    expect(await hintAfter('ECONNREFUSED')).toMatch(/address in the target file/);
  });
});
