import pg from 'pg';
import { log } from '../../log.ts';

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

/**
 * One connection per process listens for everybody; while it is away, answers are found when it is
 * back.
 */
export function listenForAnswers(url: string): Answers {
  const waiting = new Map<string, Set<() => void>>();
  const wake = (id: string): void => waiting.get(id)?.forEach((ring) => ring());
  // What was said while nobody listened is in the rows.
  const wakeAll = (): void => [...waiting.keys()].forEach(wake);
  const ear = keepListening(url, { onHeard: wake, onBack: wakeAll });

  async function wait<Found>(id: string, timeoutMs: number, read: () => Promise<Found | null>): Promise<Found | null> {
    const bell = createBell(timeoutMs);
    const bells = waiting.get(id) ?? new Set();
    waiting.set(id, bells.add(bell.ring));
    try {
      for (;;) {
        const found = await read();
        if (found !== null || !(await bell.rung())) return found;
      }
    } finally {
      bell.stop();
      bells.delete(bell.ring);
      if (bells.size === 0) waiting.delete(id);
    }
  }

  return { wait, close: ear.close };
}

type Heard = { onHeard: (id: string) => void; onBack: () => void };

/** Listens, and connects again whenever the connection is lost. */
function keepListening(url: string, { onHeard, onBack }: Heard): { close: () => Promise<void> } {
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;

  function lost(which: pg.Client): void {
    if (isClosed || client !== which) return;
    client = null;
    retry = setTimeout(() => void connect(), RECONNECT_AFTER_MS);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'perennial-answers', keepAlive: true });
    client = next;
    next.on('notification', ({ payload }) => onHeard(payload ?? ''));
    next.on('error', () => undefined);
    next.on('end', () => lost(next));
    try {
      await next.connect();
      await next.query('listen answers');
      onBack();
    } catch (error) {
      log.warn({ error }, 'answers.not_listening');
      await next.end().catch(() => undefined);
      lost(next);
    }
  }

  const started = connect();
  return {
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
