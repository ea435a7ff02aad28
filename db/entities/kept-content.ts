import { defineEntity, p } from '@mikro-orm/core';
import type { ContentName } from '../../workflows/domain/kept-content.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'KeptContent',
  tableName: 'kept_content',
  properties: {
    accountId: p.uuid().primary(),
    items: p.json<ContentName[]>(),
    listedAt: instant(),
    listedBy: p.json<Actor>(),
    confirmedAt: instant().strictNullable(),
    confirmedBy: p.json<Actor>().strictNullable(),
    /** When what is not on it was archived: it is good for once. */
    usedAt: instant().strictNullable(),
  },
});

/** What an account keeps when its plan has less room than it uses [R20.3]; its latest list. */
export class KeptContent extends schema.class {}
schema.setClass(KeptContent);
