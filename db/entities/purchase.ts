import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { AccessStatus } from '../../workflows/domain/standing.ts';
import type { BillingStatus } from '../../workflows/domain/billing.ts';
import type { DueKind } from '../../workflows/domain/due.ts';
import type { Instalment } from '../../workflows/domain/plan-ahead.ts';
import type { Entitlement } from '../../workflows/domain/quotas.ts';
import { instant, snapshot, uuidArray } from './column-types.ts';

const schema = defineEntity({
  name: 'Purchase',
  tableName: 'purchases',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    /** The account that it is for; null = it is for its contact [R18.5]. */
    forAccountId: p.uuid().strictNullable(),
    /** Who has it: that account, else its contact; Postgres computes it. */
    holderId: p.uuid().$type<Opt<string>>().generated('stored'),
    /** Whose customer at Stripe is charged, if not its holder's: who was merged into them. */
    soldTo: p.uuid().$type<Opt<string>>().strictNullable(),
    offerId: p.uuid(),
    origin: p.text().$type<'bought' | 'granted'>(),
    startedAt: instant().strictNullable(),
    epoch: p.integer().default(0),
    revision: p.integer().default(0),
    version: p.integer().default(0),
    snapshot: snapshot(),
    billingStatus: p.text().$type<BillingStatus>(),
    accessStatus: p.text().$type<AccessStatus>(),
    isLive: p.boolean().default(false),
    cancelAt: instant().strictNullable(),
    accessUntil: instant().strictNullable(),
    nextChargeAt: instant().strictNullable(),
    nextDueAt: instant().strictNullable(),
    nextDueKind: p.text().$type<DueKind>().strictNullable(),
    ownDueAt: instant().strictNullable(),
    hasPending: p.boolean().default(false),
    needsAttention: p.boolean().default(false),
    billingWithoutAccess: p.boolean().default(false),
    /** Up to when Stripe was heard by events that changed nothing. */
    heardAt: instant().strictNullable(),
    stuckReason: p.text().strictNullable(),
    /** The Stripe account that it was sold on, and stays on; null for a grant. */
    stripeAccount: p.text().strictNullable(),
    stripeSubscriptionId: p.text().strictNullable(),
    duplicateOf: p.uuid().strictNullable(),
    /** As it was sold: what it depends on, and what it excludes [R4.7]. */
    requires: uuidArray().default([]),
    groupName: p.text().strictNullable(),
    /** What it gives to the account that it is for; null = nothing [R18.4]. */
    entitlement: p.json<Entitlement>().strictNullable(),
    /** When it last became another offer; null = it is what was bought. */
    offerChangedAt: instant().strictNullable(),
    /** Until when what requires it may go on [R27.6]. */
    carriesUntil: instant().strictNullable(),
    /** When its trial ended, or will; null = it had none. */
    trialEndedAt: instant().strictNullable(),
    /** Whether something was paid once the trial was over. */
    trialConverted: p.boolean().default(false),
    /** What a payment plan still charges, each with its instant; null = nothing. */
    instalmentsAhead: p.json<Instalment[]>().strictNullable(),
    createdAt: instant(),
    updatedAt: instant(),
  },
});

/**
 * One contact's acquisition of one offer: the snapshot from which its workflow can be rebuilt, and
 * the columns that lists filter by. Only records write it.
 */
export class Purchase extends schema.class {}
schema.setClass(Purchase);
