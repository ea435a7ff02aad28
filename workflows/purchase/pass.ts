import { standing } from '../domain/access.ts';
import { applyDeadline } from '../domain/apply-deadline.ts';
import { applyFact, isEcho } from '../domain/apply-fact.ts';
import { applyReading } from '../domain/apply-reading.ts';
import { isReadable } from '../domain/billing-parts.ts';
import type { Outcome } from '../domain/change.ts';
import { nextDeadline, type OwnDue } from '../domain/due.ts';
import { READ_ASKED, type StripeObject } from '../domain/facts.ts';
import { heardUpTo } from '../domain/heard.ts';
import type { CreditLine } from '../domain/credits/ledger.ts';
import { monthlyRevenue } from '../domain/monthly.ts';
import type { RevenueStep } from '../domain/revenue-move.ts';
import type { Instant } from '../domain/instant.ts';
import type { CausedEmail, FollowUp, TimelineEntry } from '../domain/outcome.ts';
import { isPlanned, withAttention, type Command } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { PlannedName } from '../domain/verb.ts';
import { isStale, movedOn } from './moved-on.ts';
import { contextOf, factContext } from './context.ts';
import { linesOf } from './write-answer.ts';
import { entryOf } from './entry-of.ts';
import { decide, waitsForPending } from './decision.ts';
import type { Effects, InboxRow, Reading, RowEnd, Taken } from '../inbox/inbox.ts';
import type { PassResult } from './pass-result.ts';
import { ask } from '../verbs/ask.ts';
import { begin } from '../verbs/begin.ts';
import { withDependents } from './dependents.ts';
import { withPlanEnd } from './plan-end.ts';
import { settleRequest } from './settle-request.ts';
import { byTime, comesBefore } from '../inbox/row-order.ts';
import { verbOf } from '../verbs/index.ts';
import { plan } from '../verbs/plan.ts';

/**
 * One pass over the open rows and what is due, by time: the commands' `askedAt`, the facts'
 * `occurredAt`, and the deadline. At one instant facts come before commands, and commands before
 * deadlines other than those of credits. Pure: the same rows in the same state always give the same
 * result.
 */
export function runPass(
  state: PurchaseState,
  taken: Taken,
  times: Times,
  reading: Reading | null | 'under way',
): PassResult {
  const pass = new Pass(state, taken, times, reading === 'under way');
  if (reading !== null && reading !== 'under way') pass.read(reading);
  const most = times.mostItems ?? Infinity;
  while (pass.done < most && pass.next());
  return withDependents(withPlanEnd(pass.result(pass.done >= most), state), state);
}

/**
 * `now` is the account's time, which a test clock may set; `realNow` is the time by which Stripe
 * forgets idempotency keys. `mostItems`: how much this pass may do; the rest is left to the next.
 */
export type Times = { now: Instant; realNow: Instant; mostItems?: number };

class Pass {
  private state: PurchaseState;
  private readonly taken: Taken;
  private readonly now: Instant;
  private readonly realNow: Instant;
  private rows: InboxRow[];
  private isReadWanted: boolean;
  private reading: Reading | null = null;
  private dropsWrite = false;
  /** Rows that cannot be judged before Stripe is read. */
  private readonly unread = new Set<string>();
  private readonly entries: TimelineEntry[] = [];
  private readonly emails: CausedEmail[] = [];
  private readonly ends: RowEnd[] = [];
  private readonly followUps: FollowUp[] = [];
  private readonly ledger: CreditLine[] = [];
  private readonly revenue: RevenueStep[] = [];
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

  /** Rows ended, verbs begun and deadlines reached; not rows that wait for a reading. */
  get done(): number {
    return this.ends.length + this.begun + this.deadlines;
  }

  /** Does the earliest item that can be done; false when none is left. */
  next(): boolean {
    const row = this.rows.find((candidate) => !this.waits(candidate));
    const deadline = nextDeadline(this.state, this.isReadWanted);
    if (deadline && deadline.at <= this.now && (!row || comesBefore(deadline, row))) {
      this.takeDeadline(deadline);
      return true;
    }
    if (!row) return false;
    this.rows = this.rows.filter((other) => other !== row);
    if (row.command && isPlanned(row.command)) this.decide(row.command, row);
    else if (row.command) this.carryOutDecision(row, row.command);
    else if (row.fact) this.takeFact(row, row.fact);
    else if (row.kind === READ_ASKED && isReadable(this.state.billing)) this.awaitReading(row);
    else if (row.isUnreadable) this.fail(row);
    else this.end(row.rowId, 'no_change');
    return true;
  }

  /** Applies a reading, which is newer than every row that was open when it was made. */
  read(reading: Reading): void {
    const covered = new Set(reading.covers);
    const before = this.entries.length;
    this.reading = reading;
    this.apply({ kind: 'changed', change: applyReading(this.state, reading, factContext(this.taken, this.now)) });
    const isAnswered = (row: InboxRow) => !row.command && covered.has(row.rowId);
    // Of what Stripe does not have (any more), the last that was heard is all there is.
    if (reading.objects.length === 0)
      for (const { fact } of this.rows.filter(isAnswered)) if (fact) this.applyAsRead(fact.object, reading.at);
    const outcome = this.entries.length > before ? 'applied' : 'no_change';
    this.rows.filter(isAnswered).forEach((row) => this.end(row.rowId, outcome));
    this.rows = this.rows.filter((row) => !isAnswered(row));
    this.state = { ...this.state, stripe: { ...this.state.stripe, readAt: reading.at, checkedAt: reading.at } };
  }

  private applyAsRead(object: StripeObject, at: Instant): void {
    this.apply(applyFact(this.state, { object, occurredAt: at, source: 'read' }, factContext(this.taken, this.now)));
  }

  /** `isMore`: the pass stopped before everything was done. */
  result(isMore: boolean): PassResult {
    const { state, entries, emails, ends, followUps, ledger, revenue, dropsWrite, isReadWanted: needsRead } = this;
    const result = { state, entries, emails, ends, followUps, ledger, revenue, needsRead, dropsWrite, isMore };
    return settleRequest(result, this.now);
  }

  /** An echo waits for the verb that caused it, and a verb with writes for those of another. */
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

  private takeFact(row: InboxRow, fact: NonNullable<InboxRow['fact']>): void {
    const outcome = applyFact(this.state, fact, factContext(this.taken, this.now));
    if (outcome.kind === 'read' && (fact.object.type === 'subscription' || !this.reading))
      return this.awaitReading(row);
    this.apply(outcome);
    if (outcome.kind === 'no_change') this.state = heardUpTo(this.state, outcome.heardAt ?? null);
    this.end(row.rowId, outcome.kind === 'changed' ? 'applied' : 'no_change');
  }

  /** The row waits until Stripe is read. */
  private awaitReading(row: InboxRow): void {
    this.isReadWanted = true;
    this.unread.add(row.rowId);
    this.rows = [...this.rows, row].sort(byTime);
  }

  /** It may matter, so a person looks at it [R22.8]. */
  private fail({ rowId, at }: InboxRow): void {
    const attention = { id: rowId, reason: 'event_unreadable' as const, since: at, command: null };
    this.state = { ...this.state, attentions: withAttention(this.state.attentions, attention) };
    this.end(rowId, 'failed', UNREADABLE);
  }

  private takeDeadline(due: OwnDue): void {
    this.deadlines += 1;
    const outcome = applyDeadline(this.state, due, factContext(this.taken, this.now));
    if (outcome.kind === 'read') this.isReadWanted = true;
    this.apply(outcome);
  }

  private decide(command: Command<PlannedName>, { shut, rival }: InboxRow): void {
    const { commandId: rowId } = command;
    const context = { ...contextOf(command, this.taken), shut, rival };
    const refusal = movedOn(command, this.state) ?? ask(command.name, this.state, command.input, context);
    if (refusal) return this.end(rowId, 'refused', refusal);
    const planned = plan(command.name, this.state, command.input, context);
    const stale = isStale(command, this.state, planned);
    if (stale) return this.end(rowId, 'refused', stale);
    if (planned.writes.length > 0) {
      this.begun += 1;
      const begun = verbOf(command.name).begun?.(this.state, command.input) ?? this.state;
      this.state = { ...begun, pending: begin(command, planned, this.realNow) };
      return;
    }
    const change = { before: standing(this.state, command.askedAt), after: standing(planned.next, command.askedAt) };
    const causedBy = { ...entryOf(command, planned.entry, planned.data), change };
    const { next, follows, money } = planned;
    const ledger = [...linesOf(planned.ledger, command), ...follows.ledger];
    const entries = [causedBy, ...follows.entries];
    const emails = [...planned.emails.map((email) => ({ ...email, causedBy })), ...follows.emails];
    this.apply({ kind: 'changed', change: { next, entries, emails, followUps: follows.followUps, ledger } });
    const effects = { money, emails: emails.map(({ kind, to }) => ({ kind, to })), refused: [] };
    this.ends.push({ rowId, state: 'applied', refusal: null, effects });
  }

  /** `retry` or `abandon`, from a page or from the Temporal UI. */
  private carryOutDecision(row: InboxRow, command: Command): void {
    const { now, realNow, reading } = this;
    const known = reading?.covers.includes(row.rowId) ? reading : null;
    const decided = decide(this.state, command, { now, realNow, settings: this.taken.settings, reading: known });
    if (decided.kind === 'refused') return this.end(row.rowId, 'refused', decided.refusal);
    if (decided.kind === 'read') {
      this.dropsWrite = true;
      return this.awaitReading(row);
    }
    const { state: next, ends, needsRead, dropsWrite, ...change } = decided.result;
    this.apply({ kind: 'changed', change: { ...change, next } });
    this.isReadWanted ||= needsRead;
    this.dropsWrite ||= dropsWrite;
    this.ends.push(...ends, { rowId: row.rowId, state: 'applied', refusal: null, effects: NO_EFFECTS });
  }

  private apply(outcome: Outcome): void {
    if (outcome.kind !== 'changed') return;
    const { next, entries, emails, followUps, ledger } = outcome.change;
    this.state = next;
    this.entries.push(...entries);
    this.emails.push(...emails);
    this.followUps.push(...followUps);
    this.ledger.push(...ledger);
    this.revenue.push({ at: entries.at(-1)?.at ?? this.now, revenue: monthlyRevenue(next) });
  }

  private end(rowId: string, state: RowEnd['state'], refusal: Refusal | null = null): void {
    this.ends.push({ rowId, state, refusal, effects: null });
  }
}

const NO_EFFECTS: Effects = { money: [], emails: [], refused: [] };

const UNREADABLE: Refusal = { code: 'unreadable', detail: 'Stripe sent something that cannot be read.' };
