import { z } from 'zod';
import { Account } from '../../db/entities/account.ts';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import { given } from '../../db/given.ts';
import { sellerOf } from '../../workflows/domain/receipt-figures.ts';
import { BILLING, EVERYBODY } from '../auth/roles.ts';
import { freeText, name } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';

const taxId = z.string().trim().min(1, 'must not be empty').max(50, 'must have at most 50 characters');

const settings = {
  name: name.nullable().describe('Who sells, as receipts say it; null: the name of the site.'),
  address: freeText.nullable().describe('By lines; null: the postal address of the site.'),
  taxId: taxId.nullable().describe("The seller's own tax id, such as a VAT number."),
};

const seller = z
  .strictObject({ name: z.string(), address: z.string().nullable(), taxId: z.string().nullable() })
  .meta({ id: 'Seller' });

const receiptSettings = z
  .strictObject({ ...settings, seller: seller.describe('What the next receipt says of who sells.') })
  .meta({ id: 'ReceiptSettings' });

const toApi = (account: Account): z.input<typeof receiptSettings> => ({
  name: account.seller.name ?? null,
  address: account.seller.address ?? null,
  taxId: account.seller.taxId ?? null,
  seller: sellerOf(account),
});

const one = { path: '/v1/receipt-settings', tag: 'Account', answers: { 200: receiptSettings } } as const;

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getReceiptSettings',
  summary: 'Read who sells, as receipts say it',
  roles: EVERYBODY,
  handle: async ({ account }) => ({ status: 200, body: toApi(account) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateReceiptSettings',
  summary: 'Change what receipts say of who sells; what is not named stays',
  description: 'Holds for what is paid from then on: receipts that have their number stay as they are.',
  roles: BILLING,
  audit: { kind: 'settings.changed', shows: fieldsOf(Account) },
  body: z.strictObject(settings).partial(),
  example: { address: 'Mill Lane 5\n1070 Vienna\nAustria', taxId: 'ATU12345678' },
  async handle({ em, account, body }) {
    const row = await em.findOneOrFail(Account, { id: account.id }, { refresh: true });
    row.seller = { ...row.seller, ...given(body) };
    await em.flush();
    return { status: 200, body: toApi(row) };
  },
});

export const receiptSettingRoutes = { read, change };
