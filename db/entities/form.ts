import { defineEntity, p } from '@mikro-orm/core';
import type { OptIn } from '../../workflows/domain/marketing.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Form',
  tableName: 'forms',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** For the account's own people. */
    name: p.text(),
    optIn: p.text().$type<OptIn>(),
    heading: p.text(),
    /** What people agree to when they send it. */
    wording: p.text(),
    button: p.text(),
    /** How often it was sent. */
    submissions: p.integer().default(0),
    createdAt: instant(),
    deletedAt: instant().strictNullable(),
  },
});

/** A form by which people subscribe to marketing email [R3.8]. */
export class Form extends schema.class {}
schema.setClass(Form);
