import { defineEntity, p } from '@mikro-orm/core';
import type { DocumentKind } from '../../workflows/domain/receipt-figures.ts';

const schema = defineEntity({
  name: 'ReceiptCounter',
  tableName: 'receipt_counters',
  properties: {
    accountId: p.uuid().primary(),
    kind: p.text().$type<DocumentKind>().primary(),
    last: p.bigint('number'),
  },
});

/** The last number that an account has given to a receipt, or to a credit note. */
export class ReceiptCounter extends schema.class {}
schema.setClass(ReceiptCounter);
