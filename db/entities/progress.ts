import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Progress',
  tableName: 'progress',
  properties: {
    contactId: p.uuid().primary(),
    productId: p.uuid().primary(),
    /** As the product names it; '' = the course as a whole. */
    lessonId: p.text().primary(),
    accountId: p.uuid(),
    viewedAt: instant(),
    completedAt: instant().strictNullable(),
  },
});

/** How far a person is in a product; nothing that happens to a purchase takes it away [R5.5]. */
export class Progress extends schema.class {}
schema.setClass(Progress);
