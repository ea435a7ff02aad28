import { defineEntity, p } from '@mikro-orm/core';
import type { MarketingChange, MarketingStatus, UnsubscribedReason } from '../../workflows/domain/marketing.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

/** `link`: one that was mailed to them. `provider`: who carries our emails reported it. */
export const CONSENT_SOURCES = ['form', 'import', 'admin', 'checkout', 'link', 'provider'] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];

const schema = defineEntity({
  name: 'Consent',
  tableName: 'consents',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    kind: p.text().$type<MarketingChange['kind']>(),
    fromStatus: p.text().$type<MarketingStatus>(),
    fromReason: p.text().$type<UnsubscribedReason>().strictNullable(),
    toStatus: p.text().$type<MarketingStatus>(),
    toReason: p.text().$type<UnsubscribedReason>().strictNullable(),
    source: p.text().$type<ConsentSource>(),
    formId: p.uuid().strictNullable(),
    /** The email whose report it was. */
    emailId: p.uuid().strictNullable(),
    /** What they agreed to, in the words that were shown. */
    wording: p.text().strictNullable(),
    /** Their address then. */
    email: p.text(),
    at: instant(),
    actor: p.json<Actor>(),
  },
});

/** A change of a marketing status, or a consent that changed none; rows are only added [R3.4]. */
export class Consent extends schema.class {}
schema.setClass(Consent);
