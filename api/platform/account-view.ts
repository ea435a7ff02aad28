import { z } from 'zod';
import type { Unscoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import { sumsOf } from '../../db/money/money-totals.ts';
import { PLAN_GROUP } from '../../db/platform/platform-offers.ts';
import { soldToAccounts, type Sold } from '../../db/platform/sold-to-accounts.ts';
import { BILLING_STATUSES } from '../../workflows/domain/billing.ts';
import { monthlyRevenue } from '../../workflows/domain/monthly.ts';
import { id, instant } from '../http/fields.ts';

export const ACCOUNT_STATES = ['active', 'suspended', 'closed'] as const;

const soldSchema = z
  .strictObject({
    purchaseId: id.describe('A purchase of the platform’s account.'),
    offer: z.strictObject({ id, name: z.string() }),
    billingStatus: z.enum(BILLING_STATUSES),
    accessStatus: z.enum(['full', 'partial', 'none']),
    cancelAt: instant.nullable(),
    nextChargeAt: instant.nullable(),
  })
  .meta({ id: 'SoldToAccount' });

/** An account as operators see it. */
export const accountSchema = z
  .strictObject({
    id,
    name: z.string(),
    mode: z.enum(['live', 'test']),
    state: z
      .enum(ACCOUNT_STATES)
      .describe('`suspended`: its admins are out, its customers go on. `closed`: it sells nothing any more.'),
    isPlatform: z.boolean().describe('It is the platform’s own account.'),
    timeZone: z.string(),
    supportEmail: z.string(),
    createdAt: instant,
    plan: soldSchema.nullable().describe('Its plan at the platform; null = it has none.'),
    addOns: z.array(soldSchema).describe('What else it has of the platform that is not over.'),
    monthlyRevenue: z
      .array(z.strictObject({ currency: z.string(), amountMinor: z.int() }))
      .describe('What it pays the platform a month, whatever the interval, after discounts; by currency.'),
  })
  .meta({ id: 'OperatorAccount' });

type ApiAccount = z.input<typeof accountSchema>;

export const stateOf = ({ suspendedAt, closedAt }: Account): (typeof ACCOUNT_STATES)[number] =>
  closedAt ? 'closed' : suspendedAt ? 'suspended' : 'active';

/** Accounts with what they have of the platform, in the order in which they are given. */
export async function accountViews(em: Unscoped, accounts: readonly Account[]): Promise<ApiAccount[]> {
  const ids = accounts.map((account) => account.id);
  const sold = await soldToAccounts(em, ids);
  return accounts.map((account) => ({ ...toApiAccount(account), ...toApiSold(sold.get(account.id) ?? []) }));
}

export const accountView = async (em: Unscoped, account: Account): Promise<ApiAccount> =>
  (await accountViews(em, [account]))[0]!;

const toApiAccount = (account: Account) => ({
  id: account.id,
  name: account.name,
  mode: account.mode,
  state: stateOf(account),
  isPlatform: account.isPlatform,
  timeZone: account.timeZone,
  supportEmail: account.supportEmail,
  createdAt: account.createdAt,
});

function toApiSold(sold: readonly Sold[]): Pick<ApiAccount, 'plan' | 'addOns' | 'monthlyRevenue'> {
  const isPlan = ({ purchase }: Sold): boolean => purchase.snapshot.terms.group === PLAN_GROUP;
  const plan = sold.find(isPlan);
  const perMonth = sold.flatMap(({ purchase }) => monthlyRevenue(purchase.snapshot) ?? []);
  return {
    plan: plan ? toApiOne(plan) : null,
    addOns: sold.filter((one) => !isPlan(one)).map(toApiOne),
    monthlyRevenue: sumsOf(perMonth).map(({ currency, amountMinor }) => ({ currency, amountMinor })),
  };
}

const toApiOne = ({ purchase, offerName }: Sold): z.input<typeof soldSchema> => ({
  purchaseId: purchase.id,
  offer: { id: purchase.offerId, name: offerName },
  billingStatus: purchase.billingStatus,
  accessStatus: purchase.accessStatus,
  cancelAt: purchase.cancelAt,
  nextChargeAt: purchase.nextChargeAt,
});
