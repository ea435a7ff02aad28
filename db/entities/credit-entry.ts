import { defineEntity, p } from '@mikro-orm/core';
import type { CreditEntryKind } from '../../workflows/domain/credits/ledger.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'CreditEntry',
  tableName: 'credit_entries',
  properties: {
    purchaseId: p.uuid().primary(),
    revision: p.integer().primary(),
    position: p.integer().primary(),
    accountId: p.uuid(),
    credit: p.integer(),
    kind: p.text().$type<CreditEntryKind>(),
    at: instant(),
    expiresAt: instant().strictNullable(),
    callId: p.uuid().strictNullable(),
    commandId: p.uuid().strictNullable(),
  },
});

/** One line of the ledger of a purchase's call credits, which is only added to [R19.4]. */
export class CreditEntry extends schema.class {}
schema.setClass(CreditEntry);
