// What the drills have in common: their options, a load that rises while something is killed at three of its levels, and the command that runs it.

import { $, argv, chalk, echo, fs, os, path } from 'zx';
import type { Experiment, FaultStep } from '../engine/experiment.ts';
import { GUARDS, STEADY } from '../experiments/usual.ts';

export interface Drill {
  /** Of the script and of its experiment. */
  readonly name: string;
  /** One sentence: what is killed, and what is expected of the platform. */
  readonly about: string;
  /** What is killed at each of the levels, all at the same time. */
  readonly kills: readonly FaultStep[];
}

/** Shares of the full level at which it strikes. */
const STRIKES_AT = [0.1, 0.5, 0.95];
/** Time to recover from the last strike, and to be seen well. */
const HOLD_S = 120;
const USUAL = { users: 1000, rampS: 300, runs: 'runs', seed: 1 } as const;
const KNOWN = ['target', 'execute', 'environment', 'users', 'ramp', 'runs', 'seed', 'help', '_'];
const FRONT_DOOR = path.join(import.meta.dirname, '../../scripts/stampede.mjs');
const WRONG_USAGE = 64;

/** Ends the process with the exit code of `stampede chaos run`. */
export async function runDrill(drill: Drill): Promise<void> {
  const unknown = Object.keys(argv).filter((name) => !KNOWN.includes(name));
  if (argv.help === true || unknown.length > 0 || argv._.length > 0) {
    echo(helpOf(drill));
    if (argv.help !== true)
      echo(chalk.red(`unknown: ${[...unknown.map((name) => `--${name}`), ...argv._].join(', ')}`));
    process.exit(argv.help === true ? 0 : WRONG_USAGE);
  }
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'stampede-drill-'));
  const file = path.join(folder, `${drill.name}.json`);
  try {
    await fs.writeJson(
      file,
      experimentOf(drill, { users: argv.users ?? USUAL.users, rampS: argv.ramp ?? USUAL.rampS }),
    );
    const ended = await $({ nothrow: true, stdio: 'inherit' })`node ${FRONT_DOOR} chaos run ${file} ${optionsOf()}`;
    process.exitCode = ended.exitCode ?? 1;
  } finally {
    await fs.remove(folder);
  }
}

/** The experiment as the file that `chaos run` reads. */
export function experimentOf(
  { name, about, kills }: Drill,
  { users, rampS }: { readonly users: number; readonly rampS: number },
): Experiment {
  const at = (share: number) => ({ when: { atUsers: Math.max(1, Math.floor(users * share)) } });
  const strike = (share: number) => kills.map((kill) => ({ ...kill, ...at(share) }));
  const method = STRIKES_AT.map((share) =>
    kills.length > 1 ? { parallel: strike(share) } : (strike(share)[0] as FaultStep),
  );
  return { name, about, users, rampS, loadS: HOLD_S, steady: STEADY, guards: GUARDS, method };
}

function optionsOf(): string[] {
  const { runs = USUAL.runs, seed = USUAL.seed, target, execute = false, environment } = argv;
  const common = ['--runs', String(runs), '--seed', String(seed)];
  if (target === undefined) return execute ? common : [...common, '--dry-run'];
  const named = environment === undefined ? [] : ['--environment', String(environment)];
  return [...common, '--target', String(target), ...(execute ? ['--execute', ...named] : [])];
}

function helpOf({ name, about }: Drill): string {
  return `npx zx chaos/drills/${name}.ts [options]
${about}

It strikes at 10 %, 50 % and 95 % of the level, while the load rises. Without --execute it only says what it would do, and to whom.
  --target FILE        a platform on Kubernetes (docs/kubernetes.md); without it, the embedded platform
  --execute            do it
  --environment NAME   with --target and --execute: the target's name, typed
  --users N            concurrent orders at the top of the ramp (${USUAL.users})
  --ramp SECONDS       how long the load rises (${USUAL.rampS})
  --runs FOLDER        where the run directory is made (${USUAL.runs})
  --seed N             seed of the workload (${USUAL.seed})
Exit codes: those of \`npx stampede chaos run\`.`;
}
