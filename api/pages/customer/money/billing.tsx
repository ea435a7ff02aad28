import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import type { Me, MyPurchase } from '../../../people/customer-schema.ts';
import { inSite, OF_SITE, page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { Told } from '../notices.tsx';
import { PurchaseBilling } from '../purchase/purchase-billing.tsx';
import { Receipts } from './receipts.tsx';
import { Support } from '../purchase/trouble.tsx';

/** What a customer pays, has paid and will pay, and what they can do about it. */
export const billingPage: Page = {
  path: `${OF_SITE}/billing`,
  audience: 'customer',
  async show(call) {
    const [me, purchases] = await Promise.all([call.api.read(customerAccountRoutes.me, {}), readPurchases(call)]);
    return page('Billing', <Billing me={me} purchases={purchases} notice={call.query.notice} site={siteOf(call)} />);
  },
  async state(call) {
    const purchases = await readPurchases(call);
    return purchases
      .map(({ version, payments, isPending, cancellationRequest }) =>
        [version, payments.length, isPending, cancellationRequest?.state].join('.'),
      )
      .join(' ');
  },
};

const readPurchases = async ({ api }: PageCall): Promise<MyPurchase[]> =>
  (await api.read(customerPurchaseRoutes.list, {})).data;

type Shown = { me: Me; purchases: MyPurchase[]; notice: string | undefined; site: Site };

const Billing = ({ me, purchases, notice, site }: Shown) => (
  <>
    <div className="head">
      <h1>Billing</h1>
      {purchases.some(({ payments }) => payments.length > 0) ? (
        <a href={inSite(site, '/billing/cards')}>Your cards</a>
      ) : null}
    </div>
    <Told notice={notice} />
    {purchases.length === 0 ? (
      <div className="empty">
        <p>You have not bought anything here with this address.</p>
        <p>
          Is something missing? Write to <Support site={site} />.
        </p>
      </div>
    ) : null}
    {purchases.map((purchase) => (
      <PurchaseBilling key={purchase.id} purchase={purchase} me={me} site={site} />
    ))}
    <Receipts purchases={purchases} site={site} />
  </>
);
