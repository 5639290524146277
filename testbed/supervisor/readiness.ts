// Whether one process does its work, asked from outside as its users would: null when it does, else why not.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import postgres from 'postgres';
import type { ProcessSpec, ReadinessCheck } from './process-spec.ts';

/** A process that takes longer over such a question is not ready. */
const TIMEOUT_MS = 2000;

type Check<Kind extends ReadinessCheck['kind']> = Extract<ReadinessCheck, { kind: Kind }>;

/** Asks once. Never throws: what goes wrong is the reason. */
export async function readinessProblem(spec: ProcessSpec): Promise<string | null> {
  try {
    return await ask(spec, spec.readiness);
  } catch (error) {
    return reasonOf(error);
  }
}

function ask(spec: ProcessSpec, check: ReadinessCheck): Promise<string | null> {
  switch (check.kind) {
    case 'tcp':
      return askTcp(spec.host, spec.port);
    case 'http':
      return askHttp(check.url);
    case 'https':
      return askHttps(check);
    case 'http-basic':
      return askHttpBasic(check);
    case 'sql':
      return askSql(spec, check);
  }
}

function askTcp(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TIMEOUT_MS });
    const settle = (problem: string | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => settle(null));
    socket.once('timeout', () => settle('no answer'));
    socket.once('error', (error) => settle(reasonOf(error)));
  });
}

async function askHttpBasic(check: Check<'http-basic'>): Promise<string | null> {
  return askHttp(check.url, { user: check.user, password: await readFile(check.passwordFile, 'utf8') });
}

async function askHttps({ url, caFile }: Check<'https'>): Promise<string | null> {
  const request = get(url, { ca: await readFile(caFile), agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return problemOf(answer.statusCode, await text(answer));
}

async function askHttp(url: string, login?: Login): Promise<string | null> {
  const answer = await fetchWithTimeout(url, login);
  return problemOf(answer.status, await answer.text());
}

function problemOf(status: number | undefined, body: string): string | null {
  return status === 200 ? null : `answers ${status} ${body.slice(0, 200)}`.trim();
}

async function askSql(spec: ProcessSpec, check: Check<'sql'>): Promise<string | null> {
  const sql = postgres({
    host: spec.host,
    port: spec.port,
    user: check.user,
    database: check.database,
    password: await readFile(check.passwordFile, 'utf8'),
    max: 1,
    connect_timeout: TIMEOUT_MS / 1000,
  });
  try {
    await sql`select 1`;
    return null;
  } finally {
    await sql.end({ timeout: 0 });
  }
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** GET with a time limit; follows no redirect. */
export function fetchWithTimeout(url: string, login?: Login): Promise<Response> {
  const token = login && Buffer.from(`${login.user}:${login.password}`).toString('base64');
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Basic ${token}` };
  return fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
}

/** fetch hides what happened to the socket in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'connection refused';
  return message || code || String(cause);
}
