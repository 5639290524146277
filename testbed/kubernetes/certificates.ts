// The certificates of a cluster, made by openssl: an authority of its own, one server certificate for all parts, client certificates.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from '../instance.ts';
import { runCommand } from '../processes/run-command.ts';
import type { ClusterAddresses } from './address-plan.ts';
import { clusterFiles } from './cluster-instance.ts';

/** A throwaway cluster does not live as long. */
const VALID_DAYS = 365;
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Paths of PEM files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface ClusterCertificates {
  readonly authority: Certificate;
  /** What every part shows to those who connect to it. */
  readonly server: Certificate;
  /** By which the API server is known to the kubelet. */
  readonly apiClient: Certificate;
  /** By which the controllers of Chaos Mesh are known to its daemon. */
  readonly chaosClient: Certificate;
  /** Signs the tokens of service accounts; not a certificate. */
  readonly tokenKey: string;
}

export function clusterCertificates(instance: Instance): ClusterCertificates {
  const { certificates: folder } = clusterFiles(instance);
  const named = (name: string) => ({ cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) });
  return {
    authority: named('ca'),
    server: named('tls'),
    apiClient: named('api-client'),
    chaosClient: named('chaos-client'),
    tokenKey: join(folder, 'tokens.key'),
  };
}

/** Makes all of them anew. Throws a StampedeError (69) without openssl. */
export async function writeCertificates(instance: Instance, addresses: ClusterAddresses): Promise<void> {
  await mkdir(clusterFiles(instance).certificates, { recursive: true, mode: 0o700 });
  const { authority, server, apiClient, chaosClient, tokenKey } = clusterCertificates(instance);
  await make(authority, {
    name: 'stampede-cluster',
    usage: ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign,cRLSign'],
  });
  const names = [
    ...['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
    ...['kubernetes.default.svc.cluster.local', 'chaos-daemon.chaos-mesh.org'],
  ].map((name) => `DNS:${name}`);
  const numbers = ['127.0.0.1', addresses.node, addresses.apiService].map((address) => `IP:${address}`);
  const usage = ['extendedKeyUsage=serverAuth', `subjectAltName=${[...names, ...numbers].join(',')}`];
  await make(server, { name: 'node', usage, authority });
  const client = ['extendedKeyUsage=clientAuth'];
  await make(apiClient, { name: 'kube-apiserver', group: 'system:masters', usage: client, authority });
  await make(chaosClient, { name: 'chaos-controller-manager', usage: client, authority });
  await runCommand(['openssl', 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', tokenKey]);
}

interface Subject {
  readonly name: string;
  /** Kubernetes takes the organisation for a group. */
  readonly group?: string;
  /** Extensions, as openssl's configuration has them. */
  readonly usage: readonly string[];
  /** Who signs; itself when absent. */
  readonly authority?: Certificate;
}

async function make({ cert, key }: Certificate, { name, group, usage, authority }: Subject): Promise<void> {
  const configuration = [
    ...['[req]', 'prompt=no', 'distinguished_name=subject', 'x509_extensions=extensions'],
    ...['[subject]', `CN=${name}`, ...(group === undefined ? [] : [`O=${group}`])],
    ...['[extensions]', ...usage, ''],
  ].join('\n');
  const file = `${cert}.conf`;
  await writeFile(file, configuration);
  const by = authority === undefined ? [] : ['-CA', authority.cert, '-CAkey', authority.key];
  const out = ['-days', String(VALID_DAYS), '-keyout', key, '-out', cert];
  await runCommand(['openssl', 'req', '-x509', '-config', file, ...KEY, ...by, ...out]);
}
