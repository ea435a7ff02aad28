import pg from 'pg';
import { log } from '../log.ts';

/** Waits for what the record of a command says when it is done: `NOTIFY answers, '<id>'`. */
export type Answers = {
  /**
   * The first thing that `read` finds, or null when the time is over.
   * It is read once at the start, so that an answer given before anybody listened is not missed.
   */
  wait: <Found>(id: string, timeoutMs: number, read: () => Promise<Found | null>) => Promise<Found | null>;
  close: () => Promise<void>;
};

const RECONNECT_AFTER_MS = 500;

/** One connection per process listens for everybody; while it is away, answers are found when it is back. */
export function listenForAnswers(url: string): Answers {
  const waiting = new Map<string, Set<() => void>>();
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;

  function wake(id: string): void {
    for (const heard of waiting.get(id) ?? []) heard();
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'perennial-answers', keepAlive: true });
    next.on('notification', ({ payload }) => wake(payload ?? ''));
    next.on('error', () => undefined);
    next.on('end', () => lost(next));
    client = next;
    try {
      await next.connect();
      await next.query('listen answers');
      // What was said while nobody listened is in the rows.
      for (const id of waiting.keys()) wake(id);
    } catch (error) {
      log.warn({ error }, 'answers.not-listening');
      await next.end().catch(() => undefined);
      lost(next);
    }
  }

  function lost(which: pg.Client): void {
    if (isClosed || client !== which) return;
    client = null;
    retry = setTimeout(() => void connect(), RECONNECT_AFTER_MS);
  }

  async function wait<Found>(id: string, timeoutMs: number, read: () => Promise<Found | null>): Promise<Found | null> {
    const bell = createBell(timeoutMs);
    const listeners = waiting.get(id) ?? new Set();
    waiting.set(id, listeners.add(bell.ring));
    try {
      for (;;) {
        const found = await read();
        if (found !== null || !(await bell.rung())) return found;
      }
    } finally {
      bell.stop();
      listeners.delete(bell.ring);
      if (listeners.size === 0) waiting.delete(id);
    }
  }

  const started = connect();
  return {
    wait,
    async close() {
      isClosed = true;
      if (retry) clearTimeout(retry);
      await started;
      await client?.end().catch(() => undefined);
    },
  };
}

/** Rings once per `rung`, also when it was rung before; false when the time is over. */
function createBell(timeoutMs: number) {
  let hasRung = false;
  let isOver = false;
  let release: (() => void) | null = null;
  const timer = setTimeout(() => {
    isOver = true;
    release?.();
  }, timeoutMs);
  return {
    ring: () => {
      hasRung = true;
      release?.();
    },
    async rung(): Promise<boolean> {
      if (!hasRung && !isOver) await new Promise<void>((resolve) => (release = resolve));
      release = null;
      const was = hasRung;
      hasRung = false;
      return was && !isOver;
    },
    stop: () => clearTimeout(timer),
  };
}
