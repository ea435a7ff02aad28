import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'MailPace',
  tableName: 'mail_pace',
  properties: {
    onlyRow: p.boolean().primary(),
    freeAt: instant(),
    granted: p.integer(),
  },
});

/**
 * From when on the next email may be sent at once, over all workers, and how many the last who
 * asked might send; one row.
 */
export class MailPace extends schema.class {}
schema.setClass(MailPace);
