import type { z } from 'zod';
import type { quotedPriceSchema } from '../../../catalog/promotion-code-schema.ts';
import { publicOfferRoutes } from '../../../catalog/public-offers.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { publicOfferSchema } from '../../../people/customer-schema.ts';
import { isCharged } from '../../../../workflows/domain/price.ts';
import type { PageCall } from '../../page.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Notice } from '../../parts/notice.tsx';
import { discountInWords } from '../../words/discount.ts';

type PublicOffer = z.output<typeof publicOfferSchema>;

/** A code of a link, or typed: what the offer costs with it, or why it does not hold. */
export type AppliedCode = {
  text: string;
  quote: z.output<typeof quotedPriceSchema> | null;
  problem: ProblemBody | null;
};

type Typed = Record<string, string[]>;

/** null = none was given, or the offer costs nothing. */
export async function codeOf(
  { api, query }: PageCall,
  { id, sale, price }: PublicOffer,
  typed: Typed = {},
): Promise<AppliedCode | null> {
  const text = (typed.promotionCode?.at(-1) ?? query.code ?? '').trim();
  if (text === '' || sale !== 'open' || !isCharged(price)) return null;
  const asked = { params: { offerId: id }, body: { promotionCode: text } };
  const answer = await api.ask(publicOfferRoutes.quote, asked);
  return answer.isDone ? { text, quote: answer.body, problem: null } : { text, quote: null, problem: answer.problem };
}

/** What was said of the code when it came to buying. */
export const refusedCode = (typed: Typed, problem: ProblemBody): AppliedCode => ({
  text: typed.promotionCode?.at(-1) ?? '',
  quote: null,
  problem,
});

/**
 * Without script: the code is part of the address, so that a link can carry it. `page`: the offer's
 * own, without a code.
 */
export const CodeBox = ({ page, code }: { page: string; code: AppliedCode | null }) => (
  <>
    {code?.quote ? <Quoted page={page} quote={code.quote} /> : null}
    {code?.problem ? (
      <Notice tone="bad">
        {whyNot(code)} <a href={page}>Go on without it</a>, or use another one.
      </Notice>
    ) : null}
    <details open={code !== null && code.quote === null}>
      <summary>{code?.quote ? 'Use another code' : 'Have a code?'}</summary>
      <form method="get" action={page} className="beside">
        <div className="field">
          <label htmlFor="code">Promotion code</label>
          <input id="code" name="code" maxLength={100} defaultValue={code?.quote ? '' : code?.text} required />
        </div>
        <button>Apply</button>
      </form>
    </details>
  </>
);

/** The field's own name says nothing to people. */
const whyNot = ({ text, problem }: AppliedCode): string =>
  `The code “${text}” ${problem?.errors?.[0]?.message ?? 'cannot be used.'}`;

const Quoted = ({ page, quote }: { page: string; quote: z.output<typeof quotedPriceSchema> }) => (
  <Notice tone="good">
    <strong>{quote.code}</strong>: {discountInWords(quote)}. Today you pay{' '}
    {quote.today ? moneyInWords(quote.today) : 'nothing'}
    {quote.regular && quote.duration !== 'once'
      ? `, then ${moneyInWords(quote.regular)} while the code is valid`
      : null}
    . <a href={page}>Remove it</a>
  </Notice>
);
