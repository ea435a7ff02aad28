import type { Site } from '../../page.ts';
import { CreditBalance } from '../../parts/calls/credit-balance.tsx';
import { CreditLine, type CreditCall } from '../../parts/calls/credit-line.tsx';
import type { Credits } from '../../parts/calls/credit-rows.ts';
import type { MyPurchase } from '../../../people/customer-schema.ts';

type BoxProps = { purchase: MyPurchase; credits: Credits; calls: readonly CreditCall[]; here: Site };

/** What one purchase gives of calls. */
export const CreditBox = ({ purchase: { id, offer, calls: rule }, credits, calls, here }: BoxProps) =>
  rule === null ? null : (
    <section className="box stack" aria-labelledby={`credits-${id}`}>
      <h2 id={`credits-${id}`}>{offer.name}</h2>
      <CreditBalance credits={credits} rule={rule} here={here} />
      <CreditLine credits={credits} rule={rule} calls={calls} here={here} />
    </section>
  );
