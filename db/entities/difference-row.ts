import { defineEntity, p } from '@mikro-orm/core';
import type { DifferenceKind, Severity, Side } from '../../workflows/domain/compare.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

export const DIFFERENCE_STATES = ['suspected', 'open', 'repairing', 'mended', 'dismissed'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];

const schema = defineEntity({
  name: 'DifferenceRow',
  tableName: 'differences',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** null = of no purchase that is known. */
    purchaseId: p.uuid().strictNullable(),
    /** Where it was found; null = where its purchase was sold, or the account sells. */
    stripeAccount: p.text().strictNullable(),
    kind: p.text().$type<DifferenceKind>(),
    objectId: p.text(),
    severity: p.text().$type<Severity>(),
    here: p.json<Side>().strictNullable(),
    there: p.json<Side>().strictNullable(),
    /** Why, where that is known. */
    cause: p.text().$type<DifferenceCause>().strictNullable(),
    /** `suspected`: seen once, and not shown before it is seen again. */
    state: p.text().$type<DifferenceState>(),
    createdAt: instant(),
    /** When it was seen last. */
    lookedAt: instant(),
    endedAt: instant().strictNullable(),
    /** Who had it repaired or dismissed, and what they wrote. */
    actor: p.json<Actor>().strictNullable(),
    note: p.text().strictNullable(),
  },
});

export const DIFFERENCE_CAUSES = ['event_failed', 'event_unmatched', 'other_subscription'] as const;
export type DifferenceCause = (typeof DIFFERENCE_CAUSES)[number];

/** In what we and Stripe differ, or our data holds against itself [R22.2]; by real time. */
export class DifferenceRow extends schema.class {}
schema.setClass(DifferenceRow);
