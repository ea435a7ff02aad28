import type { ShutSlot } from '../domain/calls/bookings.ts';
import type { Instant } from '../domain/instant.ts';
import type { MoneyEffect, Recipient } from '../domain/outcome.ts';
import type { ReadObjects } from '../domain/apply-reading.ts';
import type { Fact } from '../domain/facts.ts';
import type { Payment } from '../domain/payments.ts';
import type { Command, RefusedWrite } from '../domain/pending.ts';
import type { Dependent, Requirement } from '../domain/requirement.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Rival } from '../domain/rival.ts';
import type { LifecycleSettings } from '../domain/settings.ts';

type Row = { rowId: string; seq: number; at: Instant; kind: string };

/**
 * One open row of a purchase's inbox: a command, or an event from Stripe. `shut`: which of the
 * slots that it asks for cannot be had. `rival`: what is in the way of handing it over. `fact` is
 * null where the event holds nothing for us or cannot be read.
 */
export type InboxRow = Row &
  (
    | {
        command: Command;
        shut?: readonly ShutSlot[] | undefined;
        rival?: Rival | undefined;
        fact?: undefined;
        isUnreadable?: undefined;
      }
    | { command?: undefined; shut?: undefined; rival?: undefined; fact: Fact | null; isUnreadable: boolean }
  );

/**
 * What `take` returns: the revision at which the purchase stands, its open rows (`isMore`: not all
 * of them), the account's settings and test clock, and another live purchase of the same offer.
 */
export type Taken = {
  epoch: number;
  revision: number;
  rows: InboxRow[];
  settings: LifecycleSettings;
  clock: Instant | null;
  duplicateOf: string | null;
  isMore: boolean;
  /** Up to when Stripe was heard by events that changed nothing; absent in histories of 0.1. */
  heardAt?: Instant | null;
  /** What it requires, and what would end with it; absent in older histories [R27.6]. */
  requirement?: Requirement | null;
  dependents?: Dependent[];
  /** What its rows name of the payments that the snapshot has no more; absent = nothing. */
  recalled?: Payment[];
};

/** Histories of 0.1 call it `rival`. */
export const liftTaken = ({ rival = null, ...taken }: Taken & { rival?: string | null }): Taken => ({
  ...taken,
  duplicateOf: taken.duplicateOf ?? rival,
});

/** What a command did; kept as its answer. */
export type Effects = {
  money: MoneyEffect[];
  emails: { kind: string; to: Recipient }[];
  refused: RefusedWrite[];
};

/**
 * What a look would find, brought along by whoever wrote the one open row or claimed the purchase.
 * `at`: by real time.
 */
export type LookAhead = { at: Instant; taken: Taken };

/** How a row ended; written by the record that decided it. */
export type RowEnd = {
  rowId: string;
  state: 'applied' | 'refused' | 'failed' | 'no_change';
  refusal: Refusal | null;
  effects: Effects | null;
};

/**
 * What Stripe answered when it was read. `covers`: the rows that were open at that time, which this
 * answers.
 */
export type Reading = ReadObjects & { covers: string[] };
