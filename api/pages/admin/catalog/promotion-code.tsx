import { BILLING } from '../../../auth/roles.ts';
import { isCharged } from '../../../../workflows/domain/price.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import { promotionCodeRoutes } from '../../../catalog/promotion-codes.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import { EMPTY_FORM } from '../../form.ts';
import { inSite, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { CopyLink } from '../../parts/copy-link.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { Facts, Pager } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { discountInWords } from '../../words/discount.ts';
import { PurchaseTable } from '../purchase/purchase-table.tsx';
import { CodeBadge, usesInWords, type Code } from './promotion-codes.tsx';

const paramsOf = ({ params }: PageCall) => ({ promotionCodeId: params.promotionCodeId ?? '' });

/** A code, and who has used it. */
export const promotionCodePage: Page = {
  path: '/promotion-codes/{promotionCodeId}',
  audience: 'admin',
  roles: BILLING,
  show: (call) => show(call, null, 200),
  async submit(call, { key }) {
    const answer = await call.api.ask(promotionCodeRoutes.end, { params: paramsOf(call), key });
    if (answer.isDone) return redirect(`/promotion-codes/${answer.body.id}?notice=ended`);
    return show(call, answer.problem, answer.status);
  },
};

async function show(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const { api, query, publicUrl } = call;
  const code = await api.read(promotionCodeRoutes.read, { params: paramsOf(call) });
  const used = { promotionCodeId: code.id, cursor: query.cursor };
  const { data, nextCursor } = await api.read(purchaseRoutes.list, { query: used });
  const { data: offers } = await api.read(offerRoutes.list, { query: { limit: '200' } });
  const site = siteOf(call);
  const holdsFor = offers.filter(({ id }) => code.offerIds?.includes(id) ?? true);
  const sold = holdsFor.find(({ price, archivedAt }) => isCharged(price) && archivedAt === null);
  return page(
    code.code,
    <>
      <Head code={code} />
      <ProblemNotice problem={problem} />
      {query.notice === 'ended' ? (
        <Notice tone="good">Ended. What was bought with it keeps its discount.</Notice>
      ) : null}
      <CodeFacts code={code} offers={holdsFor} site={site} />
      {code.state === 'active' && sold ? (
        <CopyLink
          label={`Link to ${sold.name} with the code`}
          link={publicUrl + inSite(site, `/join/${sold.id}?code=${encodeURIComponent(code.code)}`)}
        />
      ) : null}
      {code.endedAt === null ? <End /> : null}
      <h2>Bought with it</h2>
      <PurchaseTable site={site} purchases={data} empty={<p>Nobody has used it yet.</p>} />
      <Pager path={`/promotion-codes/${code.id}`} query={query} nextCursor={nextCursor} />
    </>,
    status,
  );
}

const Head = ({ code: { code, state } }: { code: Code }) => (
  <>
    <p className="crumbs">
      <a href="/promotion-codes">Promotion codes</a>
    </p>
    <div className="head">
      <h1>{code}</h1>
      <CodeBadge state={state} />
    </div>
  </>
);

const CodeFacts = ({ code, offers, site }: { code: Code; offers: { name: string }[]; site: Site }) => (
  <Facts
    facts={[
      ['Takes off', discountInWords(code)],
      ['Uses', usesInWords(code)],
      ['Offers', code.offerIds === null ? 'All' : offers.map(({ name }) => name).join(', ')],
      ['Only', onlyInWords(code)],
      ['Until', <When key="until" at={code.endsAt} site={site} none="No end" />],
    ]}
  />
);

const onlyInWords = ({ oncePerContact, firstPurchaseOnly }: Code): string =>
  [oncePerContact ? 'once for each person' : null, firstPurchaseOnly ? 'for a first purchase' : null]
    .filter((part) => part !== null)
    .join(', ') || 'No limits';

const End = () => (
  <form method="post" className="actions">
    <FormKey form={EMPTY_FORM} />
    <button className="danger">End the code</button>
    <span className="quiet">Nobody can use it any more; what was bought with it keeps its discount.</span>
  </form>
);
