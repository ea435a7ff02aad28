import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'RateLimit',
  tableName: 'rate_limits',
  properties: {
    subject: p.text().primary(),
    hits: p.integer(),
    windowEndsAt: instant(),
  },
});

/**
 * How often something was asked for within a window, over all processes; whose it is stands in it
 * as a hash [R14.3].
 */
export class RateLimit extends schema.class {}
schema.setClass(RateLimit);
