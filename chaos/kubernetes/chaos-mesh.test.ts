import { describe, expect, it } from 'vitest';
import { inFastTime } from '../broker/testing/fast-time.ts';
import { type ChaosDraft, ChaosMesh } from './chaos-mesh.ts';
import { makeAndAwaitInjected, removeAndAwaitGone } from './life-of-an-object.ts';
import { type FakeApiServer, fakeApiServer } from './testing/fake-api-server.ts';

const PATH = '/apis/chaos-mesh.org/v1alpha1/namespaces/orders/podchaos';
const draft: ChaosDraft<'PodChaos'> = {
  kind: 'PodChaos',
  name: 'one',
  labels: { 'stampede/run-id': 'r1' },
  spec: { action: 'pod-kill', mode: 'all', selector: { namespaces: ['orders'], pods: { orders: ['payments-1'] } } },
};

const condition = (type: string, status: boolean) => ({ type, status: status ? 'True' : 'False' });
const record = (phase: string, message?: string) => ({
  id: 'orders/payments-1',
  selectorKey: '.',
  phase,
  injectedCount: 0,
  recoveredCount: 0,
  ...(message === undefined
    ? {}
    : { events: [{ operation: 'Apply', type: 'Failed', message, timestamp: '2026-11-21T12:00:00Z' }] }),
});

async function meshOn(): Promise<{ fake: FakeApiServer; mesh: ChaosMesh }> {
  const fake = await fakeApiServer();
  return { fake, mesh: new ChaosMesh(fake.cluster, 'orders') };
}

/** What the controller would say of every object as soon as it is made. */
function controllerSays(
  fake: FakeApiServer,
  selected: boolean,
  injected: boolean,
  records: ReturnType<typeof record>[],
) {
  fake.onMade = (object) => {
    object.status = {
      conditions: [
        condition('AllInjected', injected),
        condition('AllRecovered', !injected),
        condition('Selected', selected),
      ],
      experiment: { containerRecords: records },
    };
  };
}

describe('a request to the API server', () => {
  it.each([409, 410, 429, 500, 502, 503, 504])('is made again when the answer is %i', async (status) => {
    const { fake, mesh } = await meshOn();
    fake.failures.push({ status, reason: 'Conflict' }, { status, reason: 'Conflict' });
    await mesh.create(draft);
    expect(fake.asked).toEqual([`POST ${PATH}`, `POST ${PATH}`, `POST ${PATH}`]);
  });

  it('is made again no sooner than the server says', async () => {
    const { fake, mesh } = await meshOn();
    fake.failures.push({ status: 429, retryAfterS: 1 });
    const beganMs = performance.now();
    await mesh.create(draft);
    expect(performance.now() - beganMs).toBeGreaterThan(950);
  });

  it('is made again when the connection breaks', async () => {
    const { fake, mesh } = await meshOn();
    fake.failures.push('hang up', 'hang up');
    expect(await mesh.create(draft)).toMatchObject({ metadata: { name: 'one' } });
  });

  it.each([400, 401, 403, 422])('is not made again when the answer is %i', async (status) => {
    const { fake, mesh } = await meshOn();
    fake.failures.push({ status });
    await expect(mesh.create(draft)).rejects.toThrow(`creating PodChaos one: ${status}`);
    expect(fake.asked).toHaveLength(1);
  });

  it('is given up when the limit is over', async () => {
    const { fake, mesh } = await meshOn();
    fake.failures.push(...Array.from({ length: 100 }, () => ({ status: 503 })));
    await expect(inFastTime(() => mesh.create(draft))).rejects.toThrow(
      'creating PodChaos one: 503 refused by the test',
    );
  });
});

describe('an object of Chaos Mesh', () => {
  it('is its own when the answer to its making was lost', async () => {
    const { fake, mesh } = await meshOn();
    fake.loseAnswer = true;
    expect(await mesh.create(draft)).toMatchObject({ metadata: { name: 'one' } });
    expect(fake.objects.size).toBe(1);
  });

  it('is not taken for its own when another run made one of the same name', async () => {
    const { mesh } = await meshOn();
    await mesh.create({ ...draft, labels: { 'stampede/run-id': 'another' } });
    await expect(mesh.create(draft)).rejects.toThrow('409 already there');
  });

  it('is not made by a dry run', async () => {
    const { fake, mesh } = await meshOn();
    await mesh.dryRun(draft);
    expect(fake.asked).toEqual([`POST ${PATH} (dry run)`]);
    expect(fake.objects.size).toBe(0);
  });

  it('has struck when all that it has selected is injected', async () => {
    const { fake, mesh } = await meshOn();
    controllerSays(fake, true, true, [record('Injected')]);
    expect(await makeAndAwaitInjected(mesh, draft)).toMatchObject({ name: 'one', records: ['orders/payments-1'] });
  });

  it('has not struck when it has selected nothing, though it says that all recovered', async () => {
    const { fake, mesh } = await meshOn();
    controllerSays(fake, false, false, []);
    const struck = inFastTime(() => makeAndAwaitInjected(mesh, draft));
    await expect(struck).rejects.toThrow(
      'PodChaos one has selected nothing: its conditions are AllInjected=False AllRecovered=True Selected=False',
    );
  });

  it('has not struck when it was never injected, and the reason is that of Chaos Mesh', async () => {
    const { fake, mesh } = await meshOn();
    controllerSays(fake, true, false, [record('Not Injected', 'unable to set tcs for pod')]);
    const struck = inFastTime(() => makeAndAwaitInjected(mesh, draft));
    await expect(struck).rejects.toThrow(
      'PodChaos one was never injected: Apply of orders/payments-1 failed: unable to set tcs for pod',
    );
  });

  it('is said to have had no controller when nobody looked at it', async () => {
    const { mesh } = await meshOn();
    const struck = inFastTime(() => makeAndAwaitInjected(mesh, draft));
    await expect(struck).rejects.toThrow('no controller of Chaos Mesh has looked at it');
  });

  it('is gone when it is not there any more, also when it never was', async () => {
    const { fake, mesh } = await meshOn();
    await mesh.create(draft);
    await removeAndAwaitGone(mesh, 'PodChaos', 'one');
    await removeAndAwaitGone(mesh, 'PodChaos', 'one');
    expect(fake.objects.size).toBe(0);
  });

  it('that does not go is told of with the exact command and its danger, and nothing is forced', async () => {
    const { fake, mesh } = await meshOn();
    fake.lets = false;
    await mesh.create(draft);
    const gone = inFastTime(() => removeAndAwaitGone(mesh, 'PodChaos', 'one'));
    await expect(gone).rejects.toThrow(
      /kubectl --context fake -n orders annotate podchaos one chaos-mesh\.chaos-mesh\.org\/cleanFinalizer=forced\nWARNING: that removes the object WITHOUT undoing/,
    );
    expect(fake.asked.filter((each) => each.startsWith('PATCH'))).toEqual([]);
  });

  it('is deleted by an API server that was away', async () => {
    const { fake, mesh } = await meshOn();
    await mesh.create(draft);
    fake.failures.push('hang up', { status: 503 }, { status: 403 });
    await removeAndAwaitGone(mesh, 'PodChaos', 'one');
    expect(fake.objects.size).toBe(0);
  });
});
