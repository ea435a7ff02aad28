import type { z } from 'zod';
import type { ProblemBody } from '../../http/problem.ts';
import type { goesOn, offerGoesOn } from '../../catalog/offer-schema.ts';
import { EMPTY_FORM } from '../form.ts';
import { FormKey } from './fields.tsx';
import { countOf } from './counts.ts';
import { Notice, ProblemNotice } from './notice.tsx';

export type GoingOn = z.output<typeof goesOn>;
type GoingOnOfOffer = z.output<typeof offerGoesOn>;

/** Purchases that are billed and that give access, in words. */
export const goingOnInWords = ({ livePurchases, purchasesWithAccess }: GoingOn): string =>
  `${countOf(livePurchases, 'purchase')} billed, ${countOf(purchasesWithAccess, 'purchase')} with access`;

/** The same, as lines of what archiving leaves as it is. */
export const goingOnLines = ({ livePurchases, purchasesWithAccess }: GoingOn): string[] => [
  `${countOf(livePurchases, 'purchase')} still being billed`,
  `${countOf(purchasesWithAccess, 'purchase')} still giving access`,
];

/** Of an offer also: what else names it. */
export const goingOnOfOfferLines = (offer: GoingOnOfOffer): string[] => [
  ...goingOnLines(offer),
  ...(offer.offersThatRequireIt > 0 ? [`${countOf(offer.offersThatRequireIt, 'offer')} requiring it`] : []),
  ...(offer.codesForIt > 0 ? [`${countOf(offer.codesForIt, 'promotion code')} naming it`] : []),
];

type ArchiveProps = {
  name: string;
  what: 'offer' | 'product' | 'expert';
  /** What is impossible while it is archived. */
  effect: string;
  /** What goes on as before, a line each. */
  goesOn: readonly string[];
  to: string;
  problem?: ProblemBody | null;
};

/** Before anything is archived: what that ends, and what it does not [R4.4]. */
export const ConfirmArchive = ({ name, what, effect, goesOn, to, problem = null }: ArchiveProps) => (
  <section className="narrow">
    <p>
      <a href={to}>{name}</a>
    </p>
    <div className="head">
      <h1>Archive this {what}?</h1>
    </div>
    <ProblemNotice problem={problem} />
    <p>{effect}</p>
    <Notice tone="warn">
      <p>
        <strong>Archiving cancels nothing.</strong> What there is goes on as before:
      </p>
      <ul>
        {goesOn.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
    <form method="post" className="actions">
      <FormKey form={EMPTY_FORM} />
      <button className="danger">Archive {what}</button>
      <a href={to}>Keep it</a>
    </form>
  </section>
);

/** The way back out of the archive. */
export const Archived = ({ what, effect, mayEdit }: { what: string; effect: string; mayEdit: boolean }) => (
  <Notice tone="warn">
    <p>
      This {what} is archived. {effect}
    </p>
    {mayEdit ? (
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        <button className="tiny" name="_step" value="unarchive">
          Unarchive
        </button>
      </form>
    ) : null}
  </Notice>
);
