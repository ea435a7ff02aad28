import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'WorkerJob',
  tableName: 'worker_jobs',
  properties: {
    name: p.text().primary(),
    dueAt: instant(),
    position: p.text().strictNullable(),
  },
});

/**
 * Something that one worker at a time does every few minutes; `position` is how far it came. While
 * it is being done it is due later.
 */
export class WorkerJob extends schema.class {}
schema.setClass(WorkerJob);
