import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { FieldValue } from '../../workflows/domain/contact-field.ts';
import type { MarketingStatus, UnsubscribedReason } from '../../workflows/domain/marketing.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Contact',
  tableName: 'contacts',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    email: p.text(),
    name: p.text().strictNullable(),
    customerSince: instant().strictNullable(),
    marketingStatus: p.text().$type<MarketingStatus>().default('never_subscribed'),
    /** Exactly while unsubscribed [R3.4]. */
    unsubscribedReason: p.text().$type<UnsubscribedReason>().strictNullable(),
    passwordHash: p.text().strictNullable(),
    /** When a password was dropped that nobody had proved to be theirs; null = it was not. */
    passwordDroppedAt: instant().$type<Opt<Instant>>().strictNullable(),
    /** Since when a link that was mailed to the address is known to have been opened [R14.1]. */
    addressProvenAt: instant().strictNullable(),
    /** When it got this address instead of another; null = it never had another. */
    addressSince: instant().strictNullable(),
    /** When Stripe is to be told of a changed address or name, by real time; null = it knows. */
    stripeSyncAt: instant().strictNullable(),
    /** In which they read the times of calls; null = the site's. */
    timeZone: p.text().strictNullable(),
    /** In which emails are written to them; null = the account's. */
    language: p.text().strictNullable(),
    /** What it has in the account's own fields, by their ids. */
    fields: p.json<Record<string, FieldValue>>().default('{}'),
    /** Made to try things out: it counts nowhere, for good [R16.2]. */
    isTest: p.boolean().default(false),
    createdAt: instant(),
    /** The contact that it is part of, or is becoming; null = it is one by itself. */
    mergedInto: p.uuid().$type<Opt<string>>().strictNullable(),
    /**
     * From then on it is in no list: nothing says who it was, while what they paid stays [R3.9], or
     * it has been merged.
     */
    erasedAt: instant().$type<Opt<Instant>>().strictNullable(),
  },
});

/** A person; a customer from `customerSince` on, for ever [R3]. */
export class Contact extends schema.class {}
schema.setClass(Contact);
