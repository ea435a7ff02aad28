import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

export const RUN_KINDS = ['purchases', 'stripe', 'own_data'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

const schema = defineEntity({
  name: 'ReconciliationRun',
  tableName: 'reconciliation_runs',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<RunKind>(),
    /** Whose purchases; null for the other kinds. */
    accountId: p.uuid().strictNullable(),
    /** Whose lists are read, of the kind `stripe`; null = the platform's own. */
    stripeAccount: p.text().strictNullable(),
    /** Where it goes on; null = at the beginning. */
    position: p.text().strictNullable(),
    checked: p.integer().default(0),
    /** How many there were to look at when it began; null = not known. */
    total: p.integer().strictNullable(),
    createdAt: instant(),
    endedAt: instant().strictNullable(),
  },
});

/** One walk through what is compared; it goes on where it stopped [R22.2]. */
export class ReconciliationRun extends schema.class {}
schema.setClass(ReconciliationRun);
