import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { Instant } from '../../workflows/domain/instant.ts';
import { instant } from './column-types.ts';

/**
 * The account that it makes, under its `forAccountId`, once it is paid; `emailId`: the one by which
 * the owner confirms the address.
 */
export type SignUp = {
  accountName: string;
  timeZone: string;
  slug: string;
  ownerId: string;
  emailId: string;
  /** Whether the add-on is to be added with it [R19.1]. */
  withAccess: boolean;
};

export const END_REASONS = ['left', 'declined', 'expired'] as const;
/**
 * Why a checkout ended unpaid: nothing was tried; a payment was tried and refused; or one was begun
 * and was neither refused nor made when its time was over.
 */
export type EndReason = (typeof END_REASONS)[number];

const schema = defineEntity({
  name: 'Checkout',
  tableName: 'checkouts',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    /** The account that it buys for; null = for its contact. */
    forAccountId: p.uuid().strictNullable(),
    /** That account, else its contact; Postgres computes it. */
    holderId: p.uuid().$type<Opt<string>>().generated('stored'),
    offerId: p.uuid(),
    purchaseId: p.uuid(),
    /** The code it was begun with; null = none. */
    promotionCodeId: p.uuid().strictNullable(),
    /** null = it makes no account. */
    signUp: p.json<SignUp>().strictNullable(),
    /** When its add-on is to be begun, by real time, if there is one yet to begin. */
    addOnAt: instant().strictNullable(),
    stripeSessionId: p.text().strictNullable(),
    url: p.text().strictNullable(),
    state: p.text().$type<'open' | 'completed' | 'expired'>(),
    expiresAt: instant().strictNullable(),
    createdAt: instant(),
    /** What was to be paid on the page; null = not known, of what began before 0.3. */
    amountMinor: p.bigint('number').$type<Opt<number>>().strictNullable(),
    currency: p.text().$type<Opt<string>>().strictNullable(),
    /** When it ended unpaid; null = it did not. It stays where it was paid for later. */
    endedAt: instant().$type<Opt<Instant>>().strictNullable(),
    /** Why; null = it has not ended unpaid, or Stripe was not asked yet. */
    reason: p.text().$type<Opt<EndReason>>().strictNullable(),
    /** The purchase that came after all; null = none. */
    recoveredBy: p.uuid().$type<Opt<string>>().strictNullable(),
    recoveredAt: instant().$type<Opt<Instant>>().strictNullable(),
    /** By real time: until then it is somebody's who asks Stripe about it; null = nobody's. */
    lookAt: instant().$type<Opt<Instant>>().strictNullable(),
  },
});

/**
 * A session at Stripe through which a contact may buy an offer; one open one per holder and offer
 * [R5.7].
 */
export class Checkout extends schema.class {}
schema.setClass(Checkout);
