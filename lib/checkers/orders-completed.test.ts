import { expect, it } from 'vitest';
import { judge } from './judge.ts';
import { ordersCompleted } from './orders-completed.ts';
import { aRun } from './testing/a-run.ts';
import { checkOne } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

it('one completed order is enough to go on judging', async () => {
  const scene = new Scene().order('good').orders(3, { sees: 'OutOfStock' }, 'bad');
  expect(await checkOne(ordersCompleted, scene)).toMatchObject({ status: 'pass', message: '1 of 4 orders completed' });
});

it('a run in which no order was completed is never green, whoever was promised what', async () => {
  const failing = new Scene().orders(200, { sees: 'PaymentFailed' });
  expect(await checkOne(ordersCompleted, failing)).toMatchObject({ status: 'inconclusive', promised: true });
  for (const promises of ['S1', 'S2', 'S3', 'S4', 'S5'] as const) {
    const run = { target: { ...aRun().target, promises } };
    expect(judge(await failing.run(run).evidence()).exitCode).toBe(1);
  }
});
