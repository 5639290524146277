// What the supervisor needs to know of one process: how to start it, how to stop it, how to see that it is ready.

/** In which order all are stopped: the highest rank first, equal ranks together. */
export const STOP_RANK = { service: 2, store: 1, helper: 0 } as const;

/** How readiness is asked for. Secrets stand in it only as paths of files. */
export type ReadinessCheck =
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'https'; readonly url: string; readonly caFile: string }
  | { readonly kind: 'http-basic'; readonly url: string; readonly user: string; readonly passwordFile: string }
  | { readonly kind: 'tcp' }
  | { readonly kind: 'sql'; readonly user: string; readonly database: string; readonly passwordFile: string };

export interface ProcessSpec {
  /** Unique within the instance; also the name of the log. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Program and parameters. Namespace and user are entered by programs that replace themselves, so the pid is the process's own. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** The signal that the program takes as a request to stop properly. */
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  readonly stopRank: (typeof STOP_RANK)[keyof typeof STOP_RANK];
  readonly readiness: ReadinessCheck;
}
