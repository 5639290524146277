// `stampede cluster`: a throwaway Kubernetes with Chaos Mesh and the order platform on it, on this machine.

import type { Command } from 'commander';
import { openProgress } from '../../lib/machine/progress.ts';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import {
  clusterDown,
  clusterInstance,
  clusterStatus,
  clusterUp,
  refuseMachine,
} from '../../testbed/kubernetes/kubernetes.ts';
import { ensureCluster } from '../setup/ensure-cluster.ts';
import { clusterNotes, clusterTable } from './cluster-text.ts';

interface ClusterOptions {
  readonly instance?: string;
}

interface UpOptions extends ClusterOptions {
  readonly platform: boolean;
}

interface StatusOptions extends ClusterOptions {
  readonly json?: boolean;
}

const INSTANCE = ['--instance <name>', "name of the cluster (default: this clone's own)"] as const;

export function register(program: Command): void {
  const cluster = program
    .command('cluster')
    .description('a throwaway Kubernetes of one node with Chaos Mesh and the order platform on it; needs root');
  cluster
    .command('up')
    .description('start it; the first time, its programs are built, which takes a quarter of an hour or more')
    .option(...INSTANCE)
    .option('--no-platform', 'Kubernetes and Chaos Mesh alone')
    .action(up);
  cluster.command('build').description('build and fetch all that it is made of, and start nothing').action(build);
  cluster
    .command('down')
    .description('end it and remove its processes, containers, namespaces, cgroups, mounts and files')
    .option(...INSTANCE)
    .action(down);
  cluster
    .command('status')
    .description('show its processes and pods; exit code 69 unless all are ready')
    .option(...INSTANCE)
    .option('--json', 'as JSON, for programs')
    .action(status);
}

async function up({ instance, platform }: UpOptions): Promise<void> {
  clusterInstance(instance);
  refuseMachine();
  const made = await ensureCluster({ platform });
  const stop = new AbortController();
  const abort = () => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, abort);
  try {
    const progress = openProgress();
    const name = instance === undefined ? {} : { instance };
    const { alreadyUp, status: seen } = await clusterUp({ ...name, ...made, progress, signal: stop.signal });
    progress.done();
    console.log(`cluster ${seen.instance} is ${alreadyUp ? 'already up' : 'up'}`);
    for (const note of clusterNotes(seen)) console.log(note);
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}

async function build(): Promise<void> {
  refuseMachine();
  await ensureCluster({ platform: true });
  console.log('everything is there; npx stampede cluster up starts it');
}

async function down({ instance: name }: ClusterOptions): Promise<void> {
  const { instance, removed } = await clusterDown(name);
  console.log(removed ? `cluster ${instance} is gone` : `there is no cluster ${instance}`);
}

async function status({ instance, json }: StatusOptions): Promise<void> {
  const seen = await clusterStatus(instance);
  if (seen === null) {
    throw new StampedeError(`there is no cluster${instance === undefined ? '' : ` ${instance}`}`, {
      exitCode: EXIT.unavailable,
      hint: `Start it: ${typed('cluster up', instance)}`,
    });
  }
  console.log(json ? JSON.stringify(seen, null, 2) : [clusterTable(seen), ...clusterNotes(seen)].join('\n'));
  process.exitCode = seen.ready ? EXIT.pass : EXIT.unavailable;
}
