import { nextDeadline } from '../../../workflows/domain/due.ts';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import type { CreditLine } from '../../../workflows/domain/credits/ledger.ts';
import type { CausedEmail, FollowUp, TimelineEntry } from '../../../workflows/domain/outcome.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { SYSTEM, type CommandName } from '../../../workflows/domain/verb.ts';
import { isRefund, type StripeWrite } from '../../../workflows/domain/writes.ts';
import type { InboxRow } from '../../../workflows/inbox/inbox.ts';
import type { PassResult } from '../../../workflows/purchase/pass-result.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { applyAnswers, type WriteAnswer } from '../../../workflows/purchase/write-answer.ts';
import { ADMIN, aCommand, aRefund, at, commandRow, factRow, taken } from '../../builders/purchase.ts';
import type { ModelStripe } from './model-stripe.ts';

/** Looks at what Stripe does by itself at an instant, in this state; `act` does it. */
export type Look = (stripe: ModelStripe, state: PurchaseState, at: Instant, act: () => void) => void;

/** A purchase and its Stripe, moved through time together; facts are heard at their instant. */
export class WholeLife {
  state: PurchaseState;
  now: Instant;
  /** Its timeline: what happened, by its own instants. */
  readonly entries: TimelineEntry[] = [];
  readonly emails: { kind: CausedEmail['kind']; at: Instant }[] = [];
  readonly ledger: CreditLine[] = [];
  private readonly stripe: ModelStripe | null;
  private seq = 0;

  constructor(state: PurchaseState, stripe: ModelStripe | null, now: Instant) {
    this.state = state;
    this.stripe = stripe;
    this.now = now;
    if (stripe) this.hear(stripe.begin());
  }

  /** Up to that instant, each date at its own; at one instant Stripe comes before us. */
  moveTo(target: Instant, look: Look): void {
    for (let steps = 0; steps < 1000; steps += 1) {
      const stripeAt = this.stripe?.nextAt() ?? null;
      const ownAt = nextDeadline(this.state)?.at ?? null;
      const next = [stripeAt, ownAt].filter((one) => one !== null && one <= target).sort()[0] ?? null;
      if (next === null) break;
      this.now = next;
      const { stripe } = this;
      if (stripe && next === stripeAt) look(stripe, this.state, next, () => this.hear(stripe.act(next)));
      else this.take([]);
    }
    this.now = target;
    this.take([]);
  }

  ask(name: CommandName, input: unknown): void {
    this.command(name, input, ADMIN);
  }

  private command(name: CommandName, input: unknown, actor: typeof ADMIN): void {
    this.seq += 1;
    const command = aCommand(name, input, { commandId: `command-${this.seq}`, askedAt: this.now, actor });
    this.take([commandRow(command, this.seq)]);
  }

  /** What Stripe says of one instant comes together. */
  hear(objects: StripeObject[]): void {
    const rows = objects.map((object) => {
      this.seq += 1;
      return factRow(object, this.now, this.seq);
    });
    this.take(rows);
  }

  /** One pass, a reading where it is wanted, all writes of a verb, and what follows from them. */
  private take(rows: InboxRow[]): void {
    const { stripe, now } = this;
    const first = runPass(this.state, taken(rows), at(now), null);
    const left = rows.filter(({ rowId }) => !first.ends.some((end) => end.rowId === rowId));
    const reading = { objects: stripe?.objects() ?? [], at: now, covers: left.map(({ rowId }) => rowId) };
    const result = first.needsRead ? runPass(first.state, taken(left), at(now), reading) : first;
    this.state = result.state;
    for (const one of result === first ? [first] : [first, result]) this.keep(one);
    const followUps: FollowUp[] = [...first.followUps, ...(result === first ? [] : result.followUps)];
    const isWriting = this.state.pending !== null;
    while (this.state.pending) {
      const { writes, answered, command } = this.state.pending;
      const write = writes[answered]!;
      const answer = stripe?.write(write, now, command.commandId) ?? this.refund(write, command.commandId);
      const done = applyAnswers(this.state, [answer], now, DEFAULT_SETTINGS);
      this.state = done.state;
      this.keep(done);
      followUps.push(...done.followUps);
    }
    if (stripe && isWriting) this.hear([stripe.subscription()]);
    for (const { name, input, to } of followUps) if (to === undefined) this.command(name, input, SYSTEM);
  }

  private keep({ entries, emails, ledger }: PassResult): void {
    this.entries.push(...entries);
    this.emails.push(...emails.map(({ kind, at = this.now }) => ({ kind, at })));
    this.ledger.push(...ledger);
  }

  /** Of what is paid once there is nothing else to write. */
  private refund(write: StripeWrite, commandId: string): WriteAnswer {
    if (!isRefund(write)) throw new Error(`nothing at Stripe for ${write.op}`);
    this.seq += 1;
    const object = aRefund({ ...write, refundId: `re_${this.seq}`, commandId, createdAt: this.now });
    return { kind: 'done', objects: [object] };
  }
}
