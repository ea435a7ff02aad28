/** One that was asked for and waits; `run` ends each of its batch, one way or the other. */
export type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/**
 * `atOnce`: how many items a batch may have; larger ones only make the others wait. `underWay`: how
 * many batches run at a time; beyond that, items wait in the queue here.
 */
export type BatchLimits = { atOnce: number; underWay: number };

/**
 * Batches calls: items that arrive together, or while other batches are under way, share the next
 * one.
 */
export function batch<Item, Result>(
  run: (batch: Waiting<Item, Result>[]) => Promise<void>,
  limits: BatchLimits,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let underWay = 0;

  const runAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, limits.atOnce);
      waiting = waiting.slice(limits.atOnce);
      await run(batch).catch((error: unknown) => batch.forEach(({ reject }) => reject(error)));
    }
    underWay -= 1;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (underWay === limits.underWay) return;
      underWay += 1;
      // What has come in with it is read first.
      setImmediate(() => void runAll());
    });
}
