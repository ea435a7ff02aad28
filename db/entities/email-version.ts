import { defineEntity, p } from '@mikro-orm/core';
import type { EmailWords } from '../../emails/catalogue.ts';
import type { LanguageCode } from '../../emails/languages/codes.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'EmailVersion',
  tableName: 'email_versions',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    kind: p.text(),
    language: p.text().$type<LanguageCode>(),
    /** The first is 1; the highest holds. */
    version: p.integer(),
    /** null = from here on, those that we ship. */
    words: p.json<EmailWords>().strictNullable(),
    createdAt: instant(),
    actor: p.json<Actor>(),
  },
});

/** What an account's emails of one kind say in its own words; only ever added to [R13.4]. */
export class EmailVersion extends schema.class {}
schema.setClass(EmailVersion);
