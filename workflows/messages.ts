import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Instant } from './domain/instant.ts';
import type { PurchaseState } from './domain/purchase.ts';
import type { VerbName } from './domain/verb.ts';
import type { LookAhead } from './inbox/inbox.ts';

/**
 * Why a purchase was woken, for the reader of its history. All that a wake means is "look into your
 * inbox".
 */
export type Wake = { kind: string; rowId: string | null };

/** A wake that may bring along what the look would find. */
export type Look = Wake & { ahead?: LookAhead | null };

/** The argument of every workflow of one purchase: ids only. */
export type PurchaseArgs = { purchaseId: string };
export type WelcomeArgs = { purchaseId: string };
export type MailArgs = { emailId: string };
/** Moves the account's clock to `target`. */
export type ClockArgs = { accountId: string; target: Instant };

export type JobArgs = { jobId: string };

/** Look into the inbox: sent by webhooks and the sweep, and needs no live worker. */
export const wake = defineSignal<[Wake]>('wake');

/**
 * Look into the inbox, with an answer: sent by the API. It takes one queue hop less than a signal.
 */
export const look = defineUpdate<void, [Look]>('look');

/**
 * A verb by hand: written to the inbox in the operator's name, under the same rules as over HTTP.
 */
export type CommandByHand = { verb: VerbName; input?: Record<string, unknown>; operatorId: string };
export const command = defineUpdate<{ commandId: string }, [CommandByHand]>('command');

/**
 * Sends again what Stripe refused, with a new key. The optional argument says which, where several
 * things need attention.
 */
export const retry = defineUpdate<string>('retry');

/** Gives up what is stuck, after reading Stripe. */
export const abandon = defineUpdate<string>('abandon');

/** The snapshot as the workflow holds it. */
export const state = defineQuery<PurchaseState | null>('state');
