import { customerCallRoutes } from '../../../calls/customer-calls.ts';
import { creditRoutes } from '../../../credits/credits.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import { addressWith } from '../../parts/list.tsx';
import { inSite, OF_SITE, redirect, siteOf, type PageCall } from '../../page.ts';
import { Confirm } from '../../parts/calls/confirm.tsx';
import { creditsInWords } from '../../words/credit-effect.ts';
import { bookingTerms, endOfCall } from '../../parts/calls/call-terms.tsx';
import { expertNamed } from './experts-named.ts';
import { nextSlots } from './slots-instead.tsx';
import { ownSteps } from './two-steps.tsx';
import { Trouble } from '../purchase/trouble.tsx';

const askedOf = ({ query }: PageCall) => ({
  purchaseId: query.purchase ?? '',
  expertId: query.expert ?? null,
  startsAt: query.startsAt ?? '',
});

/** Back to the same days. */
const backTo = (call: PageCall): string => {
  const { startsAt: _chosen, ...query } = call.query;
  return `${addressWith(inSite(siteOf(call), '/calls'), query, {})}#book`;
};

/** The second step of booking: which credit it takes, and until when it can be changed. */
export const bookCallPage = ownSteps({
  path: `${OF_SITE}/calls/book`,
  title: 'Book a call',
  notice: 'call-booked',
  before: async (call) => (call.query.startsAt === undefined ? redirect(backTo(call)) : null),
  ask: ({ api, ...call }, { key, ...tried }) =>
    api.ask(customerCallRoutes.book, { body: { ...askedOf({ api, ...call }), ...tried }, key }),
  refused: (call, problem, here) => {
    const { purchaseId, expertId } = askedOf(call);
    return nextSlots(call, { problem, here, purchaseId, expertId, back: backTo(call) });
  },
  async confirm(call, { preview, here, problem }) {
    const { purchaseId, expertId } = askedOf(call);
    const params = { purchaseId };
    const [{ calls: rule }, credits, expert] = await Promise.all([
      call.api.read(customerPurchaseRoutes.read, { params }),
      call.api.read(creditRoutes.readMine, { params }),
      expertNamed(call, expertId),
    ]);
    const startsAt = preview.calls[0]?.startsAt ?? here.now;
    const endsAt = endOfCall(startsAt, rule?.callMinutes ?? 0);
    return (
      <Confirm
        title="Book this call?"
        trouble={<Trouble problem={problem} />}
        terms={bookingTerms({
          startsAt,
          endsAt,
          expert,
          here,
          credits: creditsInWords(preview.credits, credits.data, here),
        })}
        planHash={preview.planHash}
        button="Book the call"
        back={{ href: backTo(call), word: 'Choose another time' }}
      />
    );
  },
});
