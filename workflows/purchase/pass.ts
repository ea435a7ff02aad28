import { standing } from '../domain/access.ts';
import { applyDeadline } from '../domain/apply-deadline.ts';
import { applyFact, isEcho } from '../domain/apply-fact.ts';
import { subscriptionIdOf } from '../domain/billing-parts.ts';
import type { Context, Outcome } from '../domain/change.ts';
import { nextDeadline, type OwnDue } from '../domain/due.ts';
import { READ_ASKED } from '../domain/facts.ts';
import type { Instant } from '../domain/instant.ts';
import type { CausedEmail, FollowUp, TimelineEntry } from '../domain/outcome.ts';
import { isPlanned, withAttention, type Command } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { PlannedName } from '../domain/verb.ts';
import { contextOf } from './write-answer.ts';
import { entryOf } from './entry-of.ts';
import { decide, waitsForPending } from './decision.ts';
import type { Effects, InboxRow, Reading, RowEnd, Taken } from '../inbox/inbox.ts';
import type { TurnResult } from './pass-result.ts';
import { ask } from '../verbs/ask.ts';
import { begin } from '../verbs/begin.ts';
import { hashOf } from '../verbs/preview.ts';
import { inOrder, withContradictions } from './reading-order.ts';
import { byTime } from '../inbox/row-order.ts';
import { verbOf } from '../verbs/index.ts';
import { plan, type Plan } from '../verbs/plan.ts';

/**
 * One pass over the open rows and what is due, in the order in which it happened: by the commands'
 * `askedAt`, the facts' `occurredAt` and the deadline. At one instant facts come before commands,
 * and commands before deadlines. Pure: the same rows in the same state always give the same result.
 */
export function takeTurn(
  state: PurchaseState,
  taken: Taken,
  times: Times,
  reading: Reading | null | 'under way',
): TurnResult {
  const turn = new Turn(state, taken, times, reading === 'under way');
  if (reading !== null && reading !== 'under way') turn.read(reading);
  const most = times.mostSteps ?? Infinity;
  while (turn.done < most && turn.next());
  return turn.result(turn.done >= most);
}

/**
 * The account's time, which a test clock may hold, and the real time, by which Stripe keeps its
 * keys. `mostSteps`: how much may be done now; the rest is left to the next pass.
 */
export type Times = { now: Instant; realNow: Instant; mostSteps?: number };

class Turn {
  private state: PurchaseState;
  private readonly taken: Taken;
  private readonly now: Instant;
  private readonly realNow: Instant;
  private rows: InboxRow[];
  private isReadWanted: boolean;
  private reading: Reading | null = null;
  private dropsStep = false;
  /** Rows that cannot be understood before Stripe is read. */
  private readonly unread = new Set<string>();
  private readonly entries: TimelineEntry[] = [];
  private readonly emails: CausedEmail[] = [];
  private readonly ends: RowEnd[] = [];
  private readonly followUps: FollowUp[] = [];
  private deadlines = 0;
  private begun = 0;

  constructor(state: PurchaseState, taken: Taken, { now, realNow }: Times, isReadWanted: boolean) {
    this.isReadWanted = isReadWanted;
    this.state = state;
    this.taken = taken;
    this.now = now;
    this.realNow = realNow;
    const isUnderWay = (row: InboxRow) => row.rowId === state.pending?.command.commandId;
    this.rows = taken.rows.filter((row) => !isUnderWay(row)).sort(byTime);
  }

  /** Rows ended, verbs begun and deadlines reached. What waits for Stripe's word is not counted. */
  get done(): number {
    return this.ends.length + this.begun + this.deadlines;
  }

  /** Does the earliest thing that can be done; false when nothing is left. */
  next(): boolean {
    const row = this.rows.find((candidate) => !this.waits(candidate));
    const deadline = nextDeadline(this.state, this.isReadWanted);
    if (deadline && deadline.at <= this.now && (!row || deadline.at < row.at)) {
      this.takeDeadline(deadline);
      return true;
    }
    if (!row) return false;
    this.rows = this.rows.filter((other) => other !== row);
    if (row.command && isPlanned(row.command)) this.decide(row, row.command);
    else if (row.command) this.carryOutDecision(row, row.command);
    else if (row.fact) this.takeFact(row, row.fact);
    else if (row.kind === READ_ASKED && subscriptionIdOf(this.state.billing) !== null) this.awaitReading(row);
    else if (row.isUnreadable) this.fail(row);
    else this.end(row.rowId, 'no_change');
    return true;
  }

  /** Stripe's own word, asked for: newer than every row that was open when it was asked for. */
  read(reading: Reading): void {
    const covered = new Set(reading.covers);
    const before = this.entries.length;
    this.reading = reading;
    for (const object of inOrder(this.state, reading.objects).filter((one) => !isEcho(this.state.pending, one)))
      this.apply(applyFact(this.state, { object, occurredAt: reading.at, source: 'read' }, this.context()));
    this.state = withContradictions(this.state, reading);
    const outcome = this.entries.length > before ? 'applied' : 'no_change';
    const isAnswered = (row: InboxRow) => !row.command && covered.has(row.rowId);
    this.rows.filter(isAnswered).forEach((row) => this.end(row.rowId, outcome));
    this.rows = this.rows.filter((row) => !isAnswered(row));
    this.state = { ...this.state, stripe: { ...this.state.stripe, readAt: reading.at, checkedAt: reading.at } };
  }

  /** `isMore`: it was stopped before everything was done. */
  result(isMore: boolean): TurnResult {
    const { state, entries, emails, ends, followUps, dropsStep } = this;
    return { state, entries, emails, ends, followUps, needsRead: this.isReadWanted, dropsStep, isMore };
  }

  /**
   * An echo waits for the verb it echoes; a verb with writes waits for the one whose writes are on
   * their way.
   */
  private waits(row: InboxRow): boolean {
    if (this.unread.has(row.rowId)) return true;
    if (row.fact)
      return (
        isEcho(this.state.pending, row.fact.object) || (this.isReadWanted && row.fact.object.type === 'subscription')
      );
    if (!row.command || !this.state.pending) return false;
    if (!isPlanned(row.command)) return waitsForPending(this.state, row.command);
    return verbOf(row.command.name).writes !== undefined;
  }

  private context(): Context {
    return { now: this.now, settings: this.taken.settings, duplicateOf: this.taken.duplicateOf };
  }

  private takeFact(row: InboxRow, fact: NonNullable<InboxRow['fact']>): void {
    const outcome = applyFact(this.state, fact, this.context());
    if (outcome.kind === 'read' && (fact.object.type === 'subscription' || !this.reading))
      return this.awaitReading(row);
    this.apply(outcome);
    this.end(row.rowId, outcome.kind === 'changed' ? 'applied' : 'no_change');
  }

  /** The row waits for Stripe's own word. */
  private awaitReading(row: InboxRow): void {
    this.isReadWanted = true;
    this.unread.add(row.rowId);
    this.rows = [...this.rows, row].sort(byTime);
  }

  /** What nobody can read may matter: a person looks at it [R22.8]. */
  private fail({ rowId, at }: InboxRow): void {
    const attention = { id: rowId, reason: 'event_unreadable' as const, since: at, command: null };
    this.state = { ...this.state, attentions: withAttention(this.state.attentions, attention) };
    this.end(rowId, 'failed', UNREADABLE);
  }

  private takeDeadline(due: OwnDue): void {
    this.deadlines += 1;
    const outcome = applyDeadline(this.state, due, this.context());
    if (outcome.kind === 'read') this.isReadWanted = true;
    this.apply(outcome);
  }

  private decide(row: InboxRow, command: Command<PlannedName>): void {
    const context = contextOf(command, this.taken.settings);
    const refusal = this.movedOn(command) ?? ask(command.name, this.state, command.input, context);
    if (refusal) return this.end(row.rowId, 'refused', refusal);
    const planned = plan(command.name, this.state, command.input, context);
    const stale = isStale(command, this.state, planned);
    if (stale) return this.end(row.rowId, 'refused', stale);
    if (planned.writes.length > 0) {
      this.begun += 1;
      this.state = { ...this.state, pending: begin(command, planned, this.realNow) };
      return;
    }
    const change = { before: standing(this.state, command.askedAt), after: standing(planned.next, command.askedAt) };
    this.state = planned.next;
    const tells = { ...entryOf(command, planned.entry, planned.data), change };
    this.entries.push(tells);
    this.emails.push(...planned.emails.map((email) => ({ ...email, tells })));
    const emails = planned.emails.map(({ kind, to }) => ({ kind, to }));
    this.ends.push({
      rowId: row.rowId,
      state: 'applied',
      refusal: null,
      effects: { money: planned.money, emails, refused: [] },
    });
  }

  /** `retry` or `abandon`, by whoever pressed it. */
  private carryOutDecision(row: InboxRow, command: Command): void {
    const { now, realNow, reading } = this;
    const known = reading?.covers.includes(row.rowId) ? reading : null;
    const decided = decide(this.state, command, { now, realNow, settings: this.taken.settings, reading: known });
    if (decided.kind === 'refused') return this.end(row.rowId, 'refused', decided.refusal);
    if (decided.kind === 'read') {
      this.dropsStep = true;
      return this.awaitReading(row);
    }
    const { state, entries, emails, ends, followUps, needsRead, dropsStep } = decided.result;
    this.apply({ kind: 'changed', change: { next: state, entries, emails, followUps } });
    this.isReadWanted ||= needsRead;
    this.dropsStep ||= dropsStep;
    this.ends.push(...ends, { rowId: row.rowId, state: 'applied', refusal: null, effects: NO_EFFECTS });
  }

  private movedOn({ expectedVersion }: Command): Refusal | null {
    if (expectedVersion === null || expectedVersion === this.state.version) return null;
    return { code: 'state_moved', detail: `The purchase is at version ${this.state.version} now.` };
  }

  private apply(outcome: Outcome): void {
    if (outcome.kind !== 'changed') return;
    const { next, entries, emails, followUps } = outcome.change;
    this.state = next;
    this.entries.push(...entries);
    this.emails.push(...emails);
    this.followUps.push(...followUps);
  }

  private end(rowId: string, state: RowEnd['state'], refusal: Refusal | null = null): void {
    this.ends.push({ rowId, state, refusal, effects: null });
  }
}

const NO_EFFECTS: Effects = { money: [], emails: [], refused: [] };

const UNREADABLE: Refusal = { code: 'unreadable', detail: 'Stripe sent something that cannot be read.' };

/**
 * A command carries the hash of the preview that a person read; another plan by now is refused
 * [R6.5].
 */
function isStale(command: Command<PlannedName>, state: PurchaseState, planned: Plan): Refusal | null {
  if (command.planHash === null) return null;
  if (hashOf(command.name, state, planned, command.askedAt) === command.planHash) return null;
  return { code: 'preview_stale', detail: 'What this would do has changed since the preview; look at a new one.' };
}
