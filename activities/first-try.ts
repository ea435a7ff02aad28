import { setTimeout as pause } from 'node:timers/promises';

/**
 * How long a workflow task may wait for others. If there is no answer by then, a normal activity
 * goes on.
 */
const SOON_MS = 2_000;

/** The answer if it comes soon; null if the call is still under way then. */
export async function soon<Answer>(answer: Promise<Answer>, withinMs = SOON_MS): Promise<Answer | null> {
  const timeUp = new AbortController();
  const late = pause(withinMs, null, { signal: timeUp.signal }).catch(() => null);
  try {
    return await Promise.race([answer, late]);
  } finally {
    timeUp.abort();
  }
}

/** Single-flight: a second call for what this process is doing already gets the same answer. */
export function singleFlight<Request, Answer>(
  keyOf: (request: Request) => string,
  run: (request: Request) => Promise<Answer>,
): (request: Request) => Promise<Answer> {
  const underWay = new Map<string, Promise<Answer>>();
  return (request) => {
    const key = keyOf(request);
    const known = underWay.get(key);
    if (known) return known;
    const begun = run(request).finally(() => underWay.delete(key));
    begun.catch(() => undefined); // perhaps nobody waits for it any more
    underWay.set(key, begun);
    return begun;
  };
}
