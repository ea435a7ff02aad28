import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

export const CONNECTION_KINDS = ['key', 'oauth'] as const;
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

const schema = defineEntity({
  name: 'StripeConnection',
  tableName: 'stripe_connections',
  properties: {
    stripeAccount: p.text().primary(),
    accountId: p.uuid(),
    kind: p.text().$type<ConnectionKind>(),
    isLivemode: p.boolean(),
    /** The restricted key, sealed; null = none is needed, or it was erased. */
    sealedKey: p.text().strictNullable(),
    /** Its last four characters. */
    keyEnding: p.text().strictNullable(),
    /** The webhook endpoint that we have made there; null = it was made by hand. */
    stripeEndpointId: p.text().strictNullable(),
    /** The secrets of its endpoint, the newest first, sealed. */
    sealedSecrets: p.text().strictNullable(),
    /** Who connected it. */
    actor: p.json<Actor>(),
    connectedAt: instant(),
    disconnectedAt: instant().strictNullable(),
  },
});

/** A Stripe account that an account has connected [R22.5]; by real time. */
export class StripeConnection extends schema.class {}
schema.setClass(StripeConnection);
