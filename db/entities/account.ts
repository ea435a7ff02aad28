import { defineEntity, p } from '@mikro-orm/core';
import type { AccountSettings, SiteLook } from '../../workflows/domain/settings.ts';
import type { SellerSettings } from '../../workflows/domain/receipt-figures.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    mode: p.text().$type<'live' | 'test'>(),
    /** The account of the platform itself, of which there is one at the most [R18]. */
    isPlatform: p.boolean().default(false),
    timeZone: p.text(),
    /** Where its customers' pages are: `/s/<slug>`. */
    slug: p.text(),
    supportEmail: p.text(),
    stripeAccount: p.text().strictNullable(),
    /** It was signed up for, so that what it sells is never paid to the platform. */
    needsOwnStripe: p.boolean().default(false),
    settings: p.json<AccountSettings>(),
    site: p.json<Partial<SiteLook>>(),
    /** As whom it sells, where it has written that down. */
    seller: p.json<Partial<SellerSettings>>().default('{}'),
    clockAt: instant().strictNullable(),
    clockStep: instant().strictNullable(),
    clockTarget: instant().strictNullable(),
    /** From then on its admins are out, while its customers' billing and access go on [R27.9]. */
    suspendedAt: instant().strictNullable(),
    /** From then on it sells nothing, and what its contacts have running is being canceled. */
    closedAt: instant().strictNullable(),
    createdAt: instant(),
  },
});

/**
 * A creator's site. A test account has its own clock, `clockAt` [R23.3]. While it moves,
 * `clockStep` is where it is and `clockTarget` where it goes.
 */
export class Account extends schema.class {}
schema.setClass(Account);
