import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

/** `came_back`: they bought again before everything had ended, so nothing was erased. */
export const ERASURE_STATES = ['canceling', 'done', 'came_back'] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

const schema = defineEntity({
  name: 'Erasure',
  tableName: 'erasures',
  properties: {
    contactId: p.uuid().primary(),
    accountId: p.uuid(),
    /** Whose commands cancel what runs. */
    jobId: p.uuid(),
    state: p.text().$type<ErasureState>(),
    createdAt: instant(),
    /** By real time. */
    askedAt: instant().defaultRaw('now()'),
    endedAt: instant().strictNullable(),
  },
});

/** That a person is to be erased, and how far that is [R3.9]. */
export class Erasure extends schema.class {}
schema.setClass(Erasure);
