// Commands of the suite as a reader of a hint can type them.

/** `npx stampede down --instance main`; without an instance, the command speaks of the clone's own. */
export function typed(command: string, instance?: string): string {
  return `npx stampede ${command}${instance === undefined ? '' : ` --instance ${instance}`}`;
}
