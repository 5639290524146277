// By which labels objects of ours are known, whoever finds them.

export const RUN_LABEL = 'stampede/run-id';
const EXPIRY_LABEL = 'stampede/expires-at';
const LONGEST = 63;

/** `stampede/expires-at` is a time in UTC, as 20261121T163000Z: from then on Chaos Mesh itself has ended what lasts. */
export function labelsOf(run: string, expiresMs: number): Readonly<Record<string, string>> {
  const time = new Date(expiresMs).toISOString().replace(/[-:]|\.\d+/g, '');
  return { [RUN_LABEL]: labelValue(run), [EXPIRY_LABEL]: time, 'app.kubernetes.io/managed-by': 'stampede' };
}

/** What Kubernetes takes for the value of a label. */
function labelValue(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .slice(0, LONGEST)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
