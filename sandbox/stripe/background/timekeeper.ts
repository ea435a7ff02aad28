import { inTransaction, prepared } from '../../sqlite.ts';
import { Books } from '../data/books.ts';
import type { BooksContext } from '../data/context.ts';
import type { Kind, TestClock } from '../data/docs.ts';
import { runDue } from './run-due.ts';
import { Ticker } from './ticker.ts';

const IDLE_MS = 500;
const STUCK_MS = 60_000;

interface DueRow {
  account: string;
  id: string;
  kind: Kind;
  at: number;
}

export interface TimekeeperInput {
  contextOf: (account: string) => BooksContext;
  now: () => number;
  /** Called after something has happened. */
  onChange: () => void;
  onError: (error: unknown, id: string) => void;
}

/**
 * Makes due things happen, strictly in the order of their instants and each in its own transaction:
 * for customers in real time as time passes (and, after a restart, all that was missed), for those
 * on a test clock while it is being advanced.
 */
export class Timekeeper {
  readonly #input: TimekeeperInput;
  readonly #stuck = new Map<string, number>();
  readonly #ticker = new Ticker(IDLE_MS, () => this.#look());

  constructor(input: TimekeeperInput) {
    this.#input = input;
  }

  wake(): void {
    this.#ticker.wake();
  }

  stop(): void {
    this.#ticker.stop();
  }

  #look(): boolean {
    const due = this.#next();
    if (!due) return false;
    this.#run(due);
    this.#input.onChange();
    return true;
  }

  #next(): DueRow | undefined {
    const { database } = this.#input.contextOf('');
    const sql = `select account, id, kind, due_at from objects where clock = '' and due_at <= ? order by due_at, due_rank, seq limit 100`;
    const rows = prepared(database, sql).all(this.#input.now());
    const row = rows.find(({ id }) => (this.#stuck.get(String(id)) ?? 0) < Date.now());
    return row && toDue(row);
  }

  #run(due: DueRow): void {
    const context = this.#input.contextOf(due.account);
    try {
      inTransaction(context.database, () => {
        const books = new Books(context);
        if (due.kind === 'test_helpers.test_clock') advanceOneStep(books, books.need(due.kind, due.id));
        else runDue(books, due.kind, due.id, due.at);
      });
    } catch (error) {
      this.#input.onError(error, due.id);
      if (due.kind === 'test_helpers.test_clock') failClock(context, due.id);
      else this.#stuck.set(due.id, Date.now() + STUCK_MS);
    }
  }
}

function toDue(row: Record<string, unknown>): DueRow {
  return { account: String(row.account), id: String(row.id), kind: String(row.kind) as Kind, at: Number(row.due_at) };
}

/**
 * The next thing that is due on a moving clock; when nothing is left, the clock stands at its new
 * time.
 */
function advanceOneStep(books: Books, clock: TestClock): void {
  const advance = clock._advance!;
  const { database, account } = books.context;
  const sql = `select account, id, kind, due_at from objects where clock = ? and account = ? and due_at <= ? order by due_at, due_rank, seq limit 1`;
  const row = prepared(database, sql).get(clock.id, account, advance.to);
  if (row) {
    const due = toDue(row);
    const at = Math.max(due.at, clock.frozen_time);
    runDue(books, due.kind, due.id, at);
    books.save({ ...clock, _advance: { ...advance, at } });
    return;
  }
  const ready: TestClock = { ...clock, status: 'ready', status_details: {}, frozen_time: advance.to, _advance: null };
  books.save(ready);
  books.emit('test_helpers.test_clock.ready', ready, advance.to);
}

function failClock(context: BooksContext, id: string): void {
  inTransaction(context.database, () => {
    const books = new Books(context);
    const clock = books.need('test_helpers.test_clock', id);
    books.save({ ...clock, status: 'internal_failure', _advance: null });
    books.emit('test_helpers.test_clock.internal_failure', clock, clock.frozen_time);
  });
}
