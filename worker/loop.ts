/** Something that goes on until it is told to stop. */
export type Loop = { stop(): Promise<void> };

/**
 * Does something again and again, with a pause in between; it must not throw. Stopping waits for
 * what is being done.
 */
export function keepDoing(run: () => Promise<unknown>, everyMs: number): Loop {
  let isStopped = false;
  let sleeper: { end: () => void } | undefined;
  const go = async (): Promise<void> => {
    while (!isStopped) {
      await run();
      if (isStopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        sleeper = { end: () => (clearTimeout(timer), resolve()) };
      });
    }
  };
  const going = go();
  return {
    async stop() {
      isStopped = true;
      sleeper?.end();
      await going;
    },
  };
}
