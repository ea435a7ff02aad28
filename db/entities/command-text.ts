import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'CommandText',
  tableName: 'command_texts',
  properties: {
    commandId: p.uuid().primary(),
    accountId: p.uuid(),
    reason: p.text().strictNullable(),
    feedback: p.text().strictNullable(),
    stripeMessage: p.text().strictNullable(),
  },
});

/** What people wrote about a command, and what Stripe answered: kept out of histories [R24.4]. */
export class CommandText extends schema.class {}
schema.setClass(CommandText);
