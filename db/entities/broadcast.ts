import { defineEntity, p } from '@mikro-orm/core';
import type { EmailWords } from '../../emails/catalogue.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Broadcast',
  tableName: 'broadcasts',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.text(),
    /** To whom it goes: a default segment by its name, or one of the account's own by its id. */
    segment: p.text(),
    words: p.json<EmailWords>(),
    /** Where its button leads; null = it has none. */
    buttonUrl: p.text().strictNullable(),
    /** Which sends it; null = it is a draft. */
    jobId: p.uuid().strictNullable(),
    createdAt: instant(),
    actor: p.json<Actor>(),
  },
});

/**
 * One email to everybody of a segment who has subscribed [R3.4]; from its job on it stays as it is.
 */
export class Broadcast extends schema.class {}
schema.setClass(Broadcast);
