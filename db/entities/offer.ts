import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { CreditRule } from '../../workflows/domain/credits/rule.ts';
import type { CancelBy } from '../../workflows/domain/offer.ts';
import type { Price } from '../../workflows/domain/price.ts';
import type { Quotas } from '../../workflows/domain/quotas.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { instant, textArray, uuidArray } from './column-types.ts';

const schema = defineEntity({
  name: 'Offer',
  tableName: 'offers',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.text(),
    description: p.text().strictNullable(),
    imageUrl: p.text().strictNullable(),
    price: p.json<Price>(),
    productIds: uuidArray(),
    refundWindowDays: p.integer(),
    /** Whoever had a window of it, or of its group, has none with a later purchase [R20.4]. */
    refundWindowOnce: p.boolean().default(false),
    accessDays: p.integer().strictNullable(),
    accessStartsAt: instant().strictNullable(),
    emailsOff: textArray(),
    requires: uuidArray().default([]),
    groupName: p.text().strictNullable(),
    cancelBy: p.text().$type<CancelBy>().default('self'),
    repeatable: p.boolean().default(false),
    credits: p.json<CreditRule>().strictNullable(),
    officeHours: p.boolean().default(false),
    quotas: p.json<Quotas>().default('{}'),
    features: textArray().default([]),
    quotaFactor: p.integer().strictNullable(),
    /** Since when an outside system may grant it; null = none may. */
    activationSince: instant().$type<Opt<Instant>>().strictNullable(),
    archivedAt: instant().strictNullable(),
    createdAt: instant(),
  },
});

/** One price for one or more products [R4]. */
export class Offer extends schema.class {}
schema.setClass(Offer);
