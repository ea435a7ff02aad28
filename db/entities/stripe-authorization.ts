import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'StripeAuthorization',
  tableName: 'stripe_authorizations',
  properties: {
    /** Of the state that Stripe's page brings back. */
    stateHash: p.text().primary(),
    accountId: p.uuid(),
    actor: p.json<Actor>(),
    expiresAt: instant(),
  },
});

/** Somebody who went to Stripe's page to connect an account; taken once, by whoever went. */
export class StripeAuthorization extends schema.class {}
schema.setClass(StripeAuthorization);
