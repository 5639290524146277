import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Outcome } from '../../model/history.ts';
import { messageFigures } from './message-figures.ts';
import { messagesByFate } from './messages-of.ts';
import { MessageScene } from './testing/message-scene.ts';

interface Publication {
  readonly key: string;
  readonly outcome: Outcome | 'open';
}
interface Delivery {
  readonly key: string;
  readonly outcome: 'ok' | 'fail' | 'open';
  readonly redelivered: boolean;
}
interface Story {
  readonly published: readonly Publication[];
  readonly delivered: readonly Delivery[];
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const stories: fc.Arbitrary<Story> = fc.record({
  published: fc.array(fc.record({ key, outcome: fc.constantFrom('ok', 'fail', 'info', 'open') })),
  delivered: fc.array(fc.record({ key, outcome: fc.constantFrom('ok', 'fail', 'open'), redelivered: fc.boolean() })),
});

/** The rules of total-queue, said over bags of ids and nothing else. */
function bruteForce({ published, delivered }: Story) {
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const attempts = (id: string, ...outcomes: readonly string[]) =>
    published.filter((each) => each.key === id && outcomes.includes(each.outcome)).length;
  const got = (id: string) => delivered.filter((each) => each.key === id);
  const settled = (id: string) => got(id).some(({ outcome }) => outcome !== 'fail');
  const isAcked = (id: string) => attempts(id, 'ok') > 0;
  const isUnknown = (id: string) => !isAcked(id) && attempts(id, 'info', 'open') > 0;
  const extras = (id: string) => Math.max(0, got(id).length - 1);
  const unexplained = (id: string) => {
    const fresh = got(id).filter(({ redelivered }) => !redelivered).length;
    // An unmarked one after a marked one that was the first to be seen: that one had come before, and nobody had seen it.
    const unseen = fresh > 0 && got(id)[0]?.redelivered === true ? 1 : 0;
    return Math.max(0, fresh + unseen - Math.max(1, attempts(id, 'ok', 'info', 'open')));
  };
  const sum = (figure: (id: string) => number) => keys.reduce((total, id) => total + figure(id), 0);
  return {
    lost: keys.filter((id) => isAcked(id) && !settled(id)),
    unexpected: keys.filter((id) => got(id).length > 0 && !isAcked(id) && !isUnknown(id)),
    recovered: keys.filter((id) => isUnknown(id) && got(id).length > 0),
    never: keys.filter((id) => isUnknown(id) && got(id).length === 0),
    unexplained: sum(unexplained),
    explained: sum(extras) - sum(unexplained),
  };
}

function sceneOf({ published, delivered }: Story): MessageScene {
  const scene = new MessageScene();
  for (const { key: id, outcome } of published) scene.publish(id, outcome);
  for (const { key: id, ...script } of delivered) scene.drain(id, script);
  return scene;
}

it('agrees with the rules of total-queue over bags of ids, whatever was published and delivered', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const evidence = await sceneOf(story).evidence();
      const figures = messageFigures(evidence);
      const fates = messagesByFate(evidence);
      const keysOf = (...names: readonly Parameters<typeof fates.get>[0][]) =>
        names.flatMap((name) => fates.get(name)?.map((record) => record.key) ?? []).sort();
      const { byRedelivery, byResend, unexplained } = figures.duplicated;
      expect({
        lost: keysOf('lost'),
        unexpected: keysOf('foreign', 'contradicted'),
        recovered: keysOf('recovered'),
        never: keysOf('never'),
        unexplained,
        explained: byRedelivery + byResend,
      }).toEqual(bruteForce(story));
      expect(figures.published).toBe(figures.acked + figures.refused + figures.unknown);
    }),
  );
});

it('calls a message lost as soon as the only line of its consumption is taken away', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.nat(), async (count, which) => {
      const dropped = `m-${(which % count) + 1}`;
      const without = new MessageScene();
      for (let number = 1; number <= count; number++) {
        without.publish(`m-${number}`);
        if (`m-${number}` !== dropped) without.drain(`m-${number}`);
      }
      const evidence = await without.evidence();
      expect(
        messagesByFate(evidence)
          .get('lost')
          ?.map((record) => record.key),
      ).toEqual([dropped]);
      expect(messageFigures(await new MessageScene().held(count).evidence()).lost).toBe(0);
    }),
  );
});
