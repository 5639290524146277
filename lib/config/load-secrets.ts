// What k6 must know and no file may hold: handed over in the environment of the k6 process, read in k6's init.

/** Name of the environment variable that carries LoadSecrets as JSON. */
export const SECRETS_VARIABLE = 'STAMPEDE_SECRETS';

export interface LoadSecrets {
  /** Headers for every request, by name in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must stand in nothing that k6 writes. */
  readonly secrets: readonly string[];
}
