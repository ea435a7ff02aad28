import { defineEntity, p } from '@mikro-orm/core';
import type { CreditState } from '../../workflows/domain/credits/balance.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Credit',
  tableName: 'credits',
  properties: {
    /** The purchase's id and the credit's number in it: `<purchaseId>:3`. */
    id: p.text().primary(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    contactId: p.uuid(),
    /** As the ledger has it: what is over, but was not looked at since, is still `available`. */
    state: p.text().$type<CreditState>(),
    issuedAt: instant(),
    expiresAt: instant(),
  },
});

/** A call credit, as lists find it; written with the ledger. */
export class Credit extends schema.class {}
schema.setClass(Credit);
