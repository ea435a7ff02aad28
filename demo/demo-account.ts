import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { hash, verify } from '@node-rs/argon2';
import { v7 as uuid } from 'uuid';
import type { Price } from '../workflows/domain/price.ts';
import { fromMs, toMs, type Instant } from '../workflows/domain/instant.ts';
import { createAccount } from '../db/platform/create-account.ts';
import { createPlatform } from '../db/platform/create-platform.ts';
import { Account } from '../db/entities/account.ts';
import { Admin } from '../db/entities/admin.ts';
import { ApiKey } from '../db/entities/api-key.ts';
import { Offer } from '../db/entities/offer.ts';
import { Product } from '../db/entities/product.ts';
import { endSessionsOf } from '../db/people/sessions.ts';

type Demo = { apiKey: string; operatorKey: string; adminPassword: string; now: Instant };

const ACCOUNT = '0199a000-0000-7000-8000-000000000001';
const COURSE = '0199a000-0000-7000-8000-000000000011';
const COMMUNITY = '0199a000-0000-7000-8000-000000000012';
const MONTHLY = '0199a000-0000-7000-8000-000000000021';
const YEARLY = '0199a000-0000-7000-8000-000000000022';
const ADMIN_EMAIL = 'demo@perennial.test';
const OPERATOR_EMAIL = 'operator@perennial.test';
const HOUR_MS = 60 * 60 * 1000;

type Seeded = { accountId: string; adminEmail: string; platformAccountId: string; operatorEmail: string };

/**
 * A test account to try everything with, and the platform's own; repeated, it only brings the keys
 * and the passwords up to date.
 */
export function seedDemo(em: EntityManager, demo: Demo): Promise<Seeded> {
  return em.transactional(async (tx) => {
    const hour = fromMs(Math.floor(toMs(demo.now) / HOUR_MS) * HOUR_MS);
    if ((await tx.count(Account, { id: ACCOUNT })) === 0) await makeDemo(tx, hour);
    const { accountId: platformAccountId } = await createPlatform(tx, { ...PLATFORM, now: hour });
    await keepPassword(tx, { accountId: ACCOUNT, email: ADMIN_EMAIL }, demo.adminPassword);
    await keepPassword(tx, { accountId: platformAccountId, email: OPERATOR_EMAIL }, demo.adminPassword);
    await keepKey(tx, { key: demo.apiKey, accountId: ACCOUNT, role: 'owner', name: 'Demo', now: demo.now });
    await keepKey(tx, {
      key: demo.operatorKey,
      accountId: null,
      role: 'operator',
      name: 'Demo operator',
      now: demo.now,
    });
    return { accountId: ACCOUNT, adminEmail: ADMIN_EMAIL, platformAccountId, operatorEmail: OPERATOR_EMAIL };
  });
}

/** In test mode, so that its clock can be moved, too. */
const PLATFORM = {
  name: 'Perennial',
  mode: 'test',
  timeZone: 'America/Los_Angeles',
  supportEmail: 'help@perennial.test',
  ownerEmail: OPERATOR_EMAIL,
  passwordHash: null,
} as const;

/** A new password ends the sessions that were begun with the old one [R14.1]. */
async function keepPassword(
  tx: EntityManager,
  who: Pick<Admin, 'accountId' | 'email'>,
  password: string,
): Promise<void> {
  const admin = await tx.findOne(Admin, { ...who, removedAt: null });
  // The platform's owner may be somebody else by now.
  if (!admin) return;
  if (admin.passwordHash !== null && (await verify(admin.passwordHash, password))) return;
  await tx.nativeUpdate(Admin, { id: admin.id }, { passwordHash: await hash(password) });
  await endSessionsOf(tx, { adminId: admin.id });
}

async function makeDemo(tx: EntityManager, now: Instant): Promise<void> {
  const site = {
    name: 'Demo Studio',
    mode: 'test',
    timeZone: 'Europe/Vienna',
    supportEmail: 'support@perennial.test',
  } as const;
  await createAccount(tx, { ...site, id: ACCOUNT, ownerEmail: ADMIN_EMAIL, passwordHash: null, now });
  await makeProduct(tx, COURSE, 'Drawing for beginners', now);
  await makeProduct(tx, COMMUNITY, 'Studio community', now);
  const usd = { kind: 'subscription', currency: 'usd', setupFeeMinor: 0 } as const;
  const monthly = { ...usd, amountMinor: 2_900, interval: 'month', trialDays: 0 } as const;
  await makeOffer(tx, { id: MONTHLY, name: 'Studio membership, monthly', price: monthly, now });
  const yearly = { ...usd, amountMinor: 29_000, interval: 'year', trialDays: 14 } as const;
  await makeOffer(tx, { id: YEARLY, name: 'Studio membership, yearly', price: yearly, now });
}

const makeProduct = (tx: EntityManager, id: string, name: string, now: Instant): Promise<unknown> =>
  tx.insert(Product, { id, accountId: ACCOUNT, name, archivedAt: null, createdAt: now });

type DemoOffer = { id: string; name: string; price: Price; now: Instant };

const makeOffer = (tx: EntityManager, { id, name, price, now }: DemoOffer): Promise<unknown> =>
  tx.insert(Offer, {
    id,
    accountId: ACCOUNT,
    name,
    price,
    productIds: [COURSE, COMMUNITY],
    refundWindowDays: 30,
    accessDays: null,
    accessStartsAt: null,
    emailsOff: [],
    archivedAt: null,
    createdAt: now,
  });

type DemoKey = { key: string; accountId: string | null; role: 'owner' | 'operator'; name: string; now: Instant };

async function keepKey(tx: EntityManager, { key, accountId, role, name, now }: DemoKey): Promise<void> {
  const keyHash = createHash('sha256').update(key).digest('hex');
  if ((await tx.count(ApiKey, { keyHash })) > 0) return;
  await tx.insert(ApiKey, { id: uuid(), accountId, role, name, keyHash, createdAt: now, revokedAt: null });
}
