// Starts and ends the stub order platform (bench/stub) and reads its counts.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { ensureGoBinary } from '../scripts/setup/go-binary.ts';

const MODULE = fileURLToPath(new URL('stub', import.meta.url));

export interface StubServer {
  /** Without a trailing slash; all contexts are on it. */
  readonly baseUrl: string;
  /** Since its start. Throws when a request came that is none of the flow's. */
  requests(): Promise<number>;
  stop(): Promise<void>;
}

/** On a free port of the loopback. It ends with this process, however that ends. */
export async function startStub(): Promise<StubServer> {
  const binary = await ensureGoBinary({
    name: 'bench-stub',
    about: 'the stub order platform',
    module: MODULE,
    main: '.',
  });
  const child = spawn(binary, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const [baseUrl] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    baseUrl,
    requests: () => countOf(baseUrl),
    stop: async () => {
      child.stdin.end();
      await gone;
    },
  };
}

async function countOf(baseUrl: string): Promise<number> {
  const { body } = await request(`${baseUrl}/stub/counts`);
  const { requests, unexpected } = (await body.json()) as { readonly requests: number; readonly unexpected: number };
  if (unexpected > 0) throw new Error(`${unexpected} request(s) that are none of the flow's: nothing was measured`);
  return requests;
}
