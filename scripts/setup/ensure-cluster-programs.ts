// The programs of the throwaway cluster, built from Go modules at the versions that their go.mod name. The first build takes long.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { ClusterPrograms } from '../../testbed/kubernetes/kubernetes.ts';
import { ensureSystemPackages } from './ensure-system-packages.ts';
import { ensureGoBinary, type GoProgram, goBinaryPath } from './go-binary.ts';
import { lastLines, runTool } from './run-tool.ts';

const moduleFolder = (name: string) =>
  fileURLToPath(new URL(`../../testbed/kubernetes/programs/${name}`, import.meta.url));

const CHAOS_MESH = 'github.com/chaos-mesh/chaos-mesh';

/** Its own build sets the version from its tag; clients and the API server itself go by it. */
const KUBERNETES: GoProgram = {
  name: 'kubernetes',
  about: 'Kubernetes, five programs in one',
  module: moduleFolder('cluster'),
  main: '.',
  texts: { 'k8s.io/component-base/version.gitVersion': requiredVersion(moduleFolder('cluster'), 'k8s.io/kubernetes') },
};
const DNS: GoProgram = {
  name: 'cluster-dns',
  about: 'the name server of the cluster (CoreDNS)',
  module: moduleFolder('dns'),
  main: '.',
};
const CHAOS_CONTROLLER: GoProgram = {
  name: 'chaos-controller-manager',
  about: 'the controllers of Chaos Mesh',
  module: moduleFolder('chaos-mesh'),
  main: `${CHAOS_MESH}/cmd/chaos-controller-manager`,
};
/** Calls C libraries for faults inside of containers. */
const CHAOS_DAEMON: GoProgram = {
  name: 'chaos-daemon',
  about: 'the daemon of Chaos Mesh',
  module: moduleFolder('chaos-mesh'),
  main: `${CHAOS_MESH}/cmd/chaos-daemon`,
  withC: true,
};
const PAUSE: GoProgram = {
  name: 'pause',
  about: 'the program that holds the namespaces of a pod',
  module: moduleFolder('pause'),
  main: '.',
};

/** The version of a package that the go.mod of a module requires. */
function requiredVersion(module: string, name: string): string {
  const goMod = readFileSync(join(module, 'go.mod'), 'utf8');
  const line = goMod.split('\n').find((each) => each.trim().startsWith(`${name} v`));
  if (line === undefined) throw new Error(`${module}/go.mod does not require ${name}`);
  return line.trim().split(' ')[1] ?? '';
}

/** One after the other: each build takes all processors. Throws StampedeError 69. */
export async function ensureClusterPrograms(): Promise<ClusterPrograms> {
  if (!existsSync(await goBinaryPath(CHAOS_DAEMON))) await ensureSystemPackages(['c-compiler']);
  return {
    kubernetes: await ensureGoBinary(KUBERNETES),
    dns: await ensureGoBinary(DNS),
    chaosController: await ensureGoBinary(CHAOS_CONTROLLER),
    chaosDaemon: await ensureGoBinary(CHAOS_DAEMON),
  };
}

/** Path of the binary. */
export function ensurePause(): Promise<string> {
  return ensureGoBinary(PAUSE);
}

/** Folder of the Go module of Chaos Mesh, which holds its kinds as well; downloaded when it is not in Go's cache. Throws StampedeError 69. */
export async function ensureChaosMeshModule(): Promise<string> {
  const { module } = CHAOS_CONTROLLER;
  const args = ['mod', 'download', '-json', CHAOS_MESH];
  const { exitCode, output } = await runTool({ command: 'go', args, cwd: module });
  const folder = /"Dir": "(.+)"/.exec(output)?.[1];
  if (exitCode === 0 && folder !== undefined) return folder;
  throw new StampedeError(`the Go module of Chaos Mesh could not be fetched:\n${lastLines(output)}`, {
    exitCode: EXIT.unavailable,
    hint: 'Go needs its module proxy (see "go env GOPROXY") for the first time.',
  });
}
