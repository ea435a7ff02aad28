import type { Instant } from '../domain/instant.ts';
import type { MoneyEffect } from '../domain/outcome.ts';
import type { Fact, StripeObject } from '../domain/facts.ts';
import type { Command, RefusedWrite } from '../domain/pending.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { LifecycleSettings } from '../domain/settings.ts';

type Row = { rowId: string; seq: number; at: Instant; kind: string };

/**
 * One open row of a purchase's inbox: a command, or something that Stripe said (null = nothing in
 * it for us, or nothing that can be read).
 */
export type InboxRow = Row &
  (
    | { command: Command; fact?: undefined; isUnreadable?: undefined }
    | { command?: undefined; fact: Fact | null; isUnreadable: boolean }
  );

/**
 * What `take` brings: where the purchase's row stands, the open rows (`isMore`: not all of them),
 * the account's choices, its clock, and another live purchase of the offer.
 */
export type Taken = {
  epoch: number;
  revision: number;
  rows: InboxRow[];
  settings: LifecycleSettings;
  clock: Instant | null;
  duplicateOf: string | null;
  isMore: boolean;
};

/** A history of 0.1 has the duplicate under another name. */
export const liftTaken = ({ rival = null, ...taken }: Taken & { rival?: string | null }): Taken => ({
  ...taken,
  duplicateOf: taken.duplicateOf ?? rival,
});

/** What was done, kept as the command's answer. */
export type Effects = {
  money: MoneyEffect[];
  emails: { kind: string; to: 'customer' | 'admins' }[];
  refused: RefusedWrite[];
};

/** How a row ends, written by the record that decided it. */
export type RowEnd = {
  rowId: string;
  state: 'applied' | 'refused' | 'failed' | 'no_change';
  refusal: Refusal | null;
  effects: Effects | null;
};

/** What Stripe said when we asked; the rows that were open when we asked are answered by it. */
export type Reading = { objects: StripeObject[]; at: Instant; covers: string[] };
