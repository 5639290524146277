// Runs one task per item with a bounded number at a time.

/** Calls `task` for every item, `width` at a time; `worker` (0 … width − 1) tells the tasks of one worker apart. Rejects with the first error. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  task: (item: Item, worker: number) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const work = async (_: unknown, worker: number): Promise<void> => {
    for (const item of queue) await task(item, worker);
  };
  await Promise.all(Array.from({ length: width }, work));
}
