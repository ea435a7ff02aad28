import pg from 'pg';
import { log } from '../../log.ts';

/** Waits for what the record of a command says when it is done: `NOTIFY answers, '<id>'`. */
export type Answers = {
  /** From now on nothing is missed, so whoever listens before asking need not look first. */
  listen: (id: string) => Listening;
  /** As `listen`, for an answer that may have been given before. */
  wait: Wait<[id: string]>;
  close: () => Promise<void>;
};

export type Listening = { wait: Wait<[]>; stop: () => void };

/**
 * The first thing that `read` finds once it was told of, or null when the time is over: what was
 * told while nobody could listen stands in the rows.
 */
type Wait<Of extends unknown[]> = <Found>(
  ...given: [...Of, timeoutMs: number, read: () => Promise<Found | null>]
) => Promise<Found | null>;

const RECONNECT_AFTER_MS = 500;

/**
 * One connection per process listens for everybody; while it is away, answers are found when it is
 * back.
 */
export function listenForAnswers(url: string): Answers {
  const waiting: Waiting = new Map();
  const wake = (id: string): void => waiting.get(id)?.forEach((ring) => ring());
  // What was said while nobody listened is in the rows.
  const wakeAll = (): void => [...waiting.keys()].forEach(wake);
  const ear = keepListening(url, { onHeard: wake, onBack: wakeAll });

  const listen = (id: string): Listening => listenFor(waiting, id);

  async function wait<Found>(id: string, timeoutMs: number, read: () => Promise<Found | null>): Promise<Found | null> {
    const listening = listen(id);
    try {
      return (await read()) ?? (await listening.wait(timeoutMs, read));
    } finally {
      listening.stop();
    }
  }

  return { listen, wait, close: ear.close };
}

type Waiting = Map<string, Set<() => void>>;

function listenFor(waiting: Waiting, id: string): Listening {
  const bell = createBell();
  const bells = waiting.get(id) ?? new Set();
  waiting.set(id, bells.add(bell.ring));
  const stop = (): void => {
    bell.stop();
    bells.delete(bell.ring);
    if (bells.size === 0) waiting.delete(id);
  };
  async function wait<Found>(timeoutMs: number, read: () => Promise<Found | null>): Promise<Found | null> {
    bell.start(timeoutMs);
    try {
      for (;;) {
        if (!(await bell.rung())) return null;
        const found = await read();
        if (found !== null) return found;
      }
    } finally {
      stop();
    }
  }
  return { wait, stop };
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
function createBell() {
  let hasRung = false;
  let isOver = false;
  let release: (() => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  return {
    ring: () => {
      hasRung = true;
      release?.();
    },
    start(timeoutMs: number): void {
      timer = setTimeout(() => {
        isOver = true;
        release?.();
      }, timeoutMs);
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
