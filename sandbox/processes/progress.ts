type Output = { isTTY?: boolean; columns?: number; write: (text: string) => unknown };

/** What is under way, for who waits for it: never a second without a word. */
export type Progress = {
  /** A line of its own. */
  say: (line: string) => void;
  /** Runs `work` and names it for as long as it runs. */
  during: <Result>(what: string, work: () => Promise<Result>) => Promise<Result>;
  /** To be called once a second. */
  tick: () => void;
  /** Everything is up: what is said from now on are lines alone. */
  end: () => void;
};

const CLEAR_LINE = '\r\u001b[2K';

/** The line at the bottom of a terminal; elsewhere there is none. */
function liveLine(output: Output) {
  const isThere = output.isTTY === true;
  return {
    isThere,
    draw: (text: string) => void (isThere && output.write(`${CLEAR_LINE}${text.slice(0, (output.columns ?? 80) - 1)}`)),
    clear: () => void (isThere && output.write(CLEAR_LINE)),
  };
}

/**
 * On a terminal one line that lives at the bottom; elsewhere a line a second, unless something else
 * was said in that second.
 */
export function keepProgress(output: Output, now: () => number = () => performance.now()): Progress {
  const began = now();
  const line = liveLine(output);
  let running: string[] | null = [];
  let hasSaid = false;
  const status = (): string | null =>
    running && running.length > 0
      ? `  ${Math.round((now() - began) / 1000)} s: ${[...new Set(running)].join(', ')}`
      : null;
  const redraw = () => (running ? line.draw(status() ?? '') : undefined);
  return {
    say(text) {
      if (running) line.clear();
      output.write(`  ${text}\n`);
      hasSaid = true;
      redraw();
    },
    async during(what, work) {
      running?.push(what);
      redraw();
      try {
        return await work();
      } finally {
        running?.splice(running.indexOf(what), 1);
        redraw();
      }
    },
    tick() {
      const text = status();
      if (line.isThere) redraw();
      else if (text !== null && !hasSaid) output.write(`${text}\n`);
      hasSaid = false;
    },
    end() {
      line.clear();
      running = null;
    },
  };
}
