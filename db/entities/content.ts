import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Content',
  tableName: 'content',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** Singular: pipeline, website, or any that the site's product registers. */
    kind: p.text(),
    /** The id that the site's product has given it; one of a kind. */
    key: p.text(),
    name: p.text().strictNullable(),
    url: p.text().strictNullable(),
    /** Only a quota archives content, and only until there is room again [R20.3]. */
    archivedAt: instant().strictNullable(),
    createdAt: instant(),
  },
});

/** What an account has beside its products that a quota may count [R18.2]. */
export class Content extends schema.class {}
schema.setClass(Content);
