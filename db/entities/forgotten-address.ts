import { defineEntity, p } from '@mikro-orm/core';
import type { UnsubscribedReason } from '../../workflows/domain/marketing.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ForgottenAddress',
  tableName: 'forgotten_addresses',
  properties: {
    accountId: p.uuid().primary(),
    /** SHA-256, in hex, of the account and the address. */
    addressHash: p.text().primary(),
    reason: p.text().$type<UnsubscribedReason>(),
    createdAt: instant(),
  },
});

/** Somebody had unsubscribed before they were erased: a new contact begins so [R3.6]. */
export class ForgottenAddress extends schema.class {}
schema.setClass(ForgottenAddress);
