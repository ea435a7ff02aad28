import { standing } from '../domain/access.ts';
import { nextDeadline } from '../domain/due.ts';
import type { StripeObject } from '../domain/facts.ts';
import { earliest, latest, type Instant } from '../domain/instant.ts';
import type { FollowUp } from '../domain/outcome.ts';
import type { Command } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Requirement } from '../domain/requirement.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import type { Standing } from '../domain/standing.ts';
import { SYSTEM } from '../domain/verb.ts';
import type { InboxRow, Taken } from '../inbox/inbox.ts';
import { runPass } from '../purchase/pass.ts';
import type { PassResult } from '../purchase/pass-result.ts';
import { applyAnswers } from '../purchase/write-answer.ts';
import { doubtOf } from './doubts.ts';
import type { ForecastEntry } from './forecast-entry.ts';
import { entriesOf, duesAt, stateEntry } from './to-entries.ts';
import { stripeActs, stripeActsAt, stripeAnswers } from './stripe-model.ts';

/** What a forecast takes as given: the account's settings, and its now. */
export type Given = { settings: LifecycleSettings; now: Instant };

/** What others are to do about it, as of an instant. */
export type Told = FollowUp & { at: Instant };

/**
 * A copy of a purchase, moved ahead with the model of Stripe beside it: each instant is one pass
 * and its verbs, as a run of its workflow would have them. Nothing of it is written.
 */
export class ForecastLife {
  state: PurchaseState;
  readonly entries: ForecastEntry[] = [];
  /** When something happens next; null = nothing ever. */
  nextAt: Instant | null;
  private readonly given: Given;
  private standing: Standing;
  private made = 0;

  /** A verb that is on its way to Stripe is left out; `hasVerb` says that there is one. */
  constructor(state: PurchaseState, given: Given) {
    this.state = { ...state, pending: null };
    this.given = given;
    this.standing = standing(this.state, given.now);
    this.nextAt = this.findNext();
  }

  private findNext(): Instant | null {
    const at = earliest(stripeActsAt(this.state), nextDeadline(this.state)?.at);
    return at && latest(at, this.given.now);
  }

  /** Everything of that instant; what it tells other purchases. */
  reach(at: Instant, requirement: Requirement | null): Told[] {
    const { state } = this;
    const doubt = doubtOf(state, at);
    this.entries.push(...duesAt(state, at, doubt));
    const objects = isDue(stripeActsAt(state), at) ? stripeActs(state, at, () => this.nextName()) : [];
    const rows = objects.map((object) => this.factRow(object, at));
    return this.settled(at, doubt, this.take(rows, at, requirement, doubt));
  }

  /** A command that follows from what another purchase has become. */
  obey({ name, input }: FollowUp, at: Instant, requirement: Requirement | null): Told[] {
    return this.settled(at, null, this.take([this.commandRow(name, input, at)], at, requirement, null));
  }

  private settled(at: Instant, doubt: ForecastEntry['doubt'], told: Told[]): Told[] {
    const now = standing(this.state, at);
    this.entries.push(...stateEntry(this.state, this.standing, now, { at, doubt }));
    this.standing = now;
    this.nextAt = this.findNext();
    return told;
  }

  /** One pass, with a reading where it is wanted, then all writes, then what follows from them. */
  private take(rows: InboxRow[], at: Instant, requirement: Requirement | null, doubt: ForecastEntry['doubt']): Told[] {
    const results = this.pass(rows, at, requirement);
    for (let { pending } = this.state; pending; { pending } = this.state) {
      const objects = stripeAnswers(this.state, pending.writes[pending.answered]!, at);
      results.push(applyAnswers(this.state, [{ kind: 'done', objects }], at, this.given.settings));
      this.state = results.at(-1)!.state;
    }
    this.entries.push(...results.flatMap((result) => entriesOf(this.state, result, { at, doubt })));
    const told = results.flatMap(({ followUps }) => followUps).map((one) => ({ ...one, at: one.at ?? at }));
    const own = told.filter(({ to }) => to === undefined);
    const later = own.flatMap((one) =>
      this.take([this.commandRow(one.name, one.input, one.at)], at, requirement, doubt),
    );
    return [...told.filter(({ to }) => to === 'dependents'), ...later];
  }

  private pass(rows: InboxRow[], now: Instant, requirement: Requirement | null): PassResult[] {
    const taken = this.taken(rows, requirement);
    const times = { now, realNow: now };
    const first = runPass(this.state, taken, times, null);
    this.state = first.state;
    if (!first.needsRead) return [first];
    const objects = rows.flatMap(({ fact }) => fact?.object ?? []);
    const left = rows.filter(({ rowId }) => !first.ends.some((end) => end.rowId === rowId));
    const covers = left.map(({ rowId }) => rowId);
    const second = runPass(this.state, this.taken(left, requirement), times, { objects, at: now, covers });
    this.state = second.state;
    return [first, second];
  }

  private taken(rows: InboxRow[], requirement: Requirement | null): Taken {
    const { settings, now: clock } = this.given;
    return { epoch: 0, revision: 0, rows, settings, clock, duplicateOf: null, isMore: false, requirement };
  }

  private nextName(): string {
    this.made += 1;
    return `forecast-${this.made}`;
  }

  private factRow(object: StripeObject, at: Instant): InboxRow {
    const fact = { object, occurredAt: at, source: 'event' as const };
    return { rowId: this.nextName(), seq: this.made, at, kind: object.type, fact, isUnreadable: false };
  }

  private commandRow(name: FollowUp['name'], input: FollowUp['input'], askedAt: Instant): InboxRow {
    const commandId = this.nextName();
    const asked = { input, actor: SYSTEM, askedAt, planHash: null, expectedVersion: null };
    const command: Command = { commandId, name, ...asked };
    return { rowId: commandId, seq: this.made, at: askedAt, kind: name, command };
  }
}

const isDue = (due: Instant | null, at: Instant): boolean => due !== null && due <= at;
