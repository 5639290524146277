import { expect, it } from 'vitest';
import { checkOne } from '../testing/check.ts';
import { streamed } from './streamed.ts';
import { MessageScene } from './testing/message-scene.ts';

const scene = () => new MessageScene().told({ mode: 'streaming' });

it('passes when consumers of the load had messages', async () => {
  const finding = await checkOne(streamed, scene().publish('m-1').stream('m-1').publish('m-2').drain('m-2'));
  expect(finding).toMatchObject({ status: 'pass', promised: true, observed: 1 });
});

it('is inconclusive when all was left to the drain', async () => {
  const finding = await checkOne(streamed, scene().publish('m-1').drain('m-1'));
  expect(finding).toMatchObject({ status: 'inconclusive', observed: 0 });
});
