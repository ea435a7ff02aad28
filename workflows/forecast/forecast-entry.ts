import type { EmailKind } from '../../emails/catalogue.ts';
import type { CreditEntryKind } from '../domain/credits/ledger.ts';
import type { DueKind } from '../domain/due.ts';
import type { Instant } from '../domain/instant.ts';
import type { EntryType, Recipient } from '../domain/outcome.ts';
import type { Standing } from '../domain/standing.ts';

/** Why a figure or its instant is not certain: only Stripe, or somebody's bank, knows it. */
export const DOUBTS = [
  'retry',
  'past_due',
  'price_changed_at_stripe',
  'credit_at_stripe',
  'prorated',
  'plan_paused_at_stripe',
] as const;
export type Doubt = (typeof DOUBTS)[number];

/**
 * One thing that is going to happen, as things stand. `charge`: a payment; `event`: any other line
 * of the timeline; `credit`: call credits; `state`: both axes, where one of them changes; `due`: a
 * date of the due list that has come.
 */
export type ForecastEntry = { at: Instant; purchaseId: string; doubt: Doubt | null } & (
  | { kind: 'due'; due: DueKind }
  | { kind: 'charge'; amountMinor: number; currency: string; instalment: number | null; instalments: number | null }
  | { kind: 'event'; event: EntryType }
  | { kind: 'credit'; change: CreditEntryKind; count: number; expiresAt: Instant | null }
  | { kind: 'email'; email: EmailKind; to: Recipient }
  | { kind: 'state'; before: Standing; after: Standing }
);
