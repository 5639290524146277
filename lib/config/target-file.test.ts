import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../machine/testing/temporary-folder.ts';
import { EXIT } from '../model/exit-code.ts';
import type { StampedeError } from '../model/stampede-error.ts';
import { readTargetFile, summarise } from './target-file.ts';

const folder = temporaryFolder();

const minimal = {
  name: 'staging',
  flow: 'seed',
  http: { baseUrls: { shopping: 'https://shop.example', orders: 'https://orders.example/v1' } },
};

function fileOf(content: unknown): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function refusal(content: unknown): StampedeError {
  try {
    readTargetFile(fileOf(content));
  } catch (error) {
    return error as StampedeError;
  }
  throw new Error('the target file was accepted');
}

describe('a target file', () => {
  it('needs a name, a flow and two base URLs', () => {
    expect(readTargetFile(fileOf(minimal))).toEqual(minimal);
  });

  const http = (parts: object) => ({ ...minimal, http: { ...minimal.http, ...parts } });
  const shopping = (url: unknown) => ({ ...minimal, http: { baseUrls: { shopping: url, orders: 'http://b' } } });
  const database = (parts: object) => ({
    ...minimal,
    database: { host: 'h', port: 1, database: 'd', user: 'u', password: 'env:P', ...parts },
  });

  const tap = (parts: object) => ({
    ...minimal,
    tap: {
      nodes: [{ host: 'mq', port: 5672 }],
      vhost: '/',
      user: 'u',
      password: 'env:P',
      placed: { exchange: 'orders', routingKey: 'order-placed', type: 'OrderPlaced' },
      ...parts,
    },
  });

  const kubernetes = (parts: object) => ({
    ...minimal,
    kubernetes: {
      kubeconfig: 'kubeconfig.yaml',
      context: 'staging',
      clusterUid: '7d3f1c52-5b0e-4c7a-9a51-0e8f2f7f6b11',
      namespace: 'shop',
      workloads: { broker: { app: 'mq' } },
      ...parts,
    },
  });

  it.each([
    ['half of JSON', '{\n  "name": "x",\n  "flow" "seed"\n}', 'is not JSON: line 3, column 10: colon expected'],
    ['a comma too many', '{ "name": "x", }', 'line 1, column 16: property name expected'],
    ['a comment', '{ // mine\n}', 'line 1, column 3: invalid comment token'],
    ['no object in it', '[]', 'the file must be an object: {…}, not a list'],
    ['a mistyped key', { ...minimal, flows: 'seed' }, 'the file has an unknown key "flows": did you mean "flow"?'],
    [
      'a foreign key',
      http({ insecure: true }),
      'http has an unknown key "insecure": known are baseUrls, headers, auth, tls',
    ],
    ['an unknown flow', { ...minimal, flow: 'sed' }, 'flow must be "seed" or "checkout", not "sed"'],
    ['a key missing', { name: 'x', flow: 'seed' }, 'http is missing'],
    [
      'no URL',
      shopping('foo'),
      'http.baseUrls.shopping must be a URL such as http://orders:5231, without credentials, ? and #, not "foo"',
    ],
    ['a port that there is none', shopping('http://a:99999'), 'http.baseUrls.shopping must be a URL'],
    ['credentials in a URL', shopping('http://u:hunter2@a'), 'http.baseUrls.shopping must be a URL'],
    [
      'queries without a database',
      { ...minimal, queries: { orders: 'x', effects: 'y' } },
      'queries needs database beside it',
    ],
    ['a wrong port', database({ port: '5432' }), 'database.port must be a whole number from 1 to 65535, not "5432"'],
    [
      'a secret in clear',
      database({ password: 'hunter2' }),
      'database.password must be a reference to a secret, env:NAME or file:/path, and never the secret itself',
    ],
    [
      'no list of queues',
      {
        ...minimal,
        broker: {
          managementUrl: 'http://mq',
          user: 'u',
          password: 'env:P',
          vhost: '/',
          queues: ['a', 5],
          deadLetterQueues: [],
        },
      },
      'broker.queues[1] must be a text that is not empty, not 5',
    ],
    [
      'both kinds of auth',
      http({ auth: { bearer: 'env:A', basic: { user: 'u', password: 'env:B' } } }),
      'http.auth must be either {"bearer": …} or {"basic": …}',
    ],
    ['a token in clear', http({ auth: { bearer: 'hunter2' } }), 'http.auth.bearer must be a reference'],
    [
      'a password in clear',
      http({ auth: { basic: { user: 'u', password: 'hunter2' } } }),
      'http.auth.basic.password must be a reference',
    ],
    [
      'an Authorization header in clear',
      http({ headers: { authorization: 'Bearer hunter2' } }),
      'http.headers.authorization must be a reference',
    ],
    [
      'a reference that is none',
      http({ headers: { 'X-Key': 'env:1 hunter2' } }),
      'http.headers.X-Key must be one line of plain text, or a reference',
    ],
    ['a line break in a header', http({ headers: { 'X-Key': 'a\nb' } }), 'http.headers.X-Key must be one line'],
    ['a header that is not free', http({ headers: { Host: 'x' } }), 'http.headers must not set "Host"'],
    ['one header twice', http({ headers: { 'X-A': '1', 'x-a': '2' } }), 'http.headers.x-a stands there twice'],
    [
      'two kinds of Authorization',
      http({ headers: { Authorization: 'env:A' }, auth: { bearer: 'env:B' } }),
      'exclude each other',
    ],
    [
      'a certificate without its key',
      http({ tls: { certFile: 'c.pem' } }),
      'http.tls.certFile needs http.tls.keyFile beside it',
    ],
    ['a tap on no node', tap({ nodes: [] }), 'tap.nodes must be a list of nodes, one at least'],
    ['a tap on nothing', tap({ placed: undefined }), 'tap.placed is missing'],
    [
      'a tap without the name of the event',
      tap({ placed: { exchange: 'orders', routingKey: 'order-placed' } }),
      'tap.placed.type is missing',
    ],
    ['a secret of the tap in clear', tap({ password: 'hunter2' }), 'tap.password must be a reference'],
    [
      'one dead-letter exchange',
      tap({ deadLetters: { exchange: 'dead', routingKey: '' } }),
      'tap.deadLetters must be a list: […], not an object',
    ],
    ['faults in kube-system', kubernetes({ namespace: 'kube-system' }), 'kubernetes.namespace must be the name of one'],
    [
      'faults in Chaos Mesh itself',
      kubernetes({ namespace: 'chaos-mesh' }),
      'kubernetes.namespace must be the name of one',
    ],
    ['faults in every namespace', kubernetes({ namespace: '*' }), 'kubernetes.namespace must be the name of one'],
    [
      'a part without labels',
      kubernetes({ workloads: { broker: {} } }),
      'kubernetes.workloads.broker must be one label at',
    ],
    [
      'a label that means every pod',
      kubernetes({ workloads: { broker: { app: '*' } } }),
      'kubernetes.workloads.broker.app must be the value of a label, in full',
    ],
    ['no parts', kubernetes({ workloads: {} }), 'kubernetes.workloads must be the labels of each part'],
    ['any cluster', kubernetes({ clusterUid: undefined }), 'kubernetes.clusterUid is missing'],
    ['any context', kubernetes({ context: '' }), 'kubernetes.context must be a text that is not empty'],
  ])('with %s is refused with 64, in plain words', (_what, content, complaint) => {
    const error = refusal(content);
    expect(error.exitCode).toBe(EXIT.usage);
    expect(error.message).toContain(complaint);
    expect(error.message.match(/must be/g) ?? []).toHaveLength(complaint.includes('must be') ? 1 : 0);
    expect(`${error.message} ${error.cause}`).not.toMatch(/hunter2|must NOT|must match|properties /);
  });

  it('names every mistake once', () => {
    const { message } = refusal({ nam: 'x', flow: 1, http: { baseUrls: { shopping: 'a', orders: 'b' } } });
    const lines = message.split('\n').slice(1);
    expect(lines).toHaveLength(5);
    expect(new Set(lines).size).toBe(5);
  });

  it('may end its URLs with a slash: it is taken off', () => {
    const { baseUrls } = readTargetFile(fileOf(shopping('https://a.example/v1//'))).http;
    expect(baseUrls).toEqual({ shopping: 'https://a.example/v1', orders: 'http://b' });
  });

  it('names its certificate files relative to its own folder', () => {
    const tls = { caFile: 'ca.pem', certFile: '/etc/c.pem', keyFile: '../k.pem' };
    const read = readTargetFile(
      fileOf({
        ...http({ tls }),
        database: { ...database({}).database, tls: { serverName: 'db' } },
        queries: { orders: 'x', effects: 'y' },
      }),
    );
    expect(read.http.tls).toEqual({
      caFile: join(folder, 'ca.pem'),
      certFile: '/etc/c.pem',
      keyFile: join(folder, '../k.pem'),
    });
    expect(read.database?.tls).toEqual({ serverName: 'db' });
  });

  it('names its kubeconfig relative to its own folder', () => {
    expect(readTargetFile(fileOf(kubernetes({}))).kubernetes?.kubeconfig).toBe(join(folder, 'kubeconfig.yaml'));
  });

  it('never repeats a secret that was written in clear', () => {
    expect(refusal(database({ password: 'hunter2' })).message).not.toContain('hunter2');
    expect(refusal('{ "password": "hunter2" oops }').message).not.toContain('hunter2');
    expect(refusal('{ "password": hunter2 }').message).not.toContain('hunter2');
  });

  it('shows in reports what it can measure and none of its secrets', () => {
    const target = { ...database({ password: 'env:DB_PASSWORD' }), queries: { orders: 'x', effects: 'y' } };
    const summary = summarise(readTargetFile(fileOf(target)));
    expect(summary.capabilities).toEqual(['database', 'effects']);
    expect(JSON.stringify(summary)).not.toContain('DB_PASSWORD');
    const tapped = summarise(readTargetFile(fileOf(tap({ tls: { caFile: 'ca.pem' } }))));
    expect(tapped).toMatchObject({
      capabilities: ['events'],
      tap: { placedEvent: 'OrderPlaced', deadLetters: false },
    });
  });
});
