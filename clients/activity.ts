/**
 * Reports what people do at your product to Perennial, from a server: in batches, again after a
 * failure, and each once, since an id that was sent before counts once. One file without
 * dependencies, for Node 20 and later: copy it.
 *
 *     const activity = activityReporter({ url: 'https://…', apiKey: process.env.PERENNIAL_API_KEY });
 *     activity.report({ contactId, kind: 'login' });
 *     await activity.flush(); // before the process ends
 */

export type Activity = {
  contactId: string;
  /** `login`, `lesson_viewed`, `commented` …: as `POST /v1/activity` has them. */
  kind: string;
  /** ISO 8601; now, if it is not said. */
  at?: string;
  productId?: string;
  lessonId?: string;
  /** Yours; one is made where there is none. */
  id?: string;
};

type Options = {
  url: string;
  /** Of the role `support` or above. */
  apiKey: string;
  /** How long a first one waits for others, in milliseconds. */
  waitMs?: number;
  /** Of those that are refused, and those that were tried for too long: they are dropped. */
  onDropped?: (id: string, why: string) => void;
};

type Kept = Activity & { id: string; at: string; tries: number };

const MOST_AT_ONCE = 1_000;
const MOST_TRIES = 12;
const LONGEST_WAIT_MS = 60_000;

class ActivityReporter {
  private waiting: Kept[] = [];
  private failures = 0;
  private timer: NodeJS.Timeout | null = null;
  private sending: Promise<void> = Promise.resolve();
  private readonly options: Required<Options>;

  constructor(options: Options) {
    this.options = { waitMs: 1_000, onDropped: () => undefined, ...options };
  }

  /** Is sent soon, with others. */
  report(activity: Activity): void {
    const { id = crypto.randomUUID(), at = new Date().toISOString() } = activity;
    this.waiting.push({ ...activity, id, at, tries: 0 });
    this.sendSoon(this.options.waitMs);
  }

  /** Sends all that waits; what fails is tried again later. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.sending = this.sending.then(() => this.sendAll());
    return this.sending;
  }

  private sendSoon(inMs: number): void {
    this.timer ??= setTimeout(() => void this.flush(), inMs);
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const some = this.waiting.splice(0, MOST_AT_ONCE);
      const failed = await this.send(some);
      this.waiting.unshift(...failed);
      this.failures = failed.length === 0 ? 0 : this.failures + 1;
      if (failed.length > 0) return this.sendSoon(Math.min(this.options.waitMs * 2 ** this.failures, LONGEST_WAIT_MS));
    }
  }

  /** Which of them are to be tried again. */
  private async send(some: readonly Kept[]): Promise<Kept[]> {
    const answer = await this.post(some).catch((error: unknown) => String(error));
    if (typeof answer === 'string') return this.again(some, answer);
    if (answer.ok) {
      const { refused } = (await answer.json()) as { refused: { id: string; reason: string }[] };
      for (const { id, reason } of refused) this.options.onDropped(id, reason);
      return [];
    }
    const why = `${answer.status} ${await answer.text()}`;
    if (answer.status !== 422) return this.again(some, why);
    // One that is not as it must be keeps no other out.
    const half = Math.ceil(some.length / 2);
    if (some.length > 1) return [...(await this.send(some.slice(0, half))), ...(await this.send(some.slice(half)))];
    this.options.onDropped(some[0]?.id ?? '', why);
    return [];
  }

  private post(some: readonly Kept[]): Promise<Response> {
    const headers = { authorization: `Bearer ${this.options.apiKey}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ data: some.map(({ tries: _tries, ...one }) => one) });
    return fetch(new URL('/v1/activity', this.options.url), { method: 'POST', headers, body });
  }

  private again(some: readonly Kept[], why: string): Kept[] {
    const tried = some.map((one) => ({ ...one, tries: one.tries + 1 }));
    for (const { id, tries } of tried) if (tries >= MOST_TRIES) this.options.onDropped(id, why);
    return tried.filter(({ tries }) => tries < MOST_TRIES);
  }
}

export const activityReporter = (options: Options): ActivityReporter => new ActivityReporter(options);
