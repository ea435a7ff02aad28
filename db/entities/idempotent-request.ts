import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'IdempotentRequest',
  tableName: 'idempotent_requests',
  properties: {
    accountId: p.uuid().primary(),
    /** `account`, or the customer whose key it is. */
    space: p.text().primary().default('account'),
    key: p.text().primary(),
    caller: p.text().strictNullable(),
    requestHash: p.text(),
    commandId: p.uuid().strictNullable(),
    status: p.integer().strictNullable(),
    body: p.json<unknown>().columnType('json').strictNullable(),
    createdAt: instant().defaultRaw('now()'),
  },
});

/** A write that carried an `Idempotency-Key`, with its answer once there is one. */
export class IdempotentRequest extends schema.class {}
schema.setClass(IdempotentRequest);
