import type { z } from 'zod';
import type { Purchase } from '../../db/entities/purchase.ts';
import { addOnFor, type AtPlatform } from '../../db/platform/for-account.ts';
import { Offer } from '../../db/entities/offer.ts';
import { withAllPayments } from '../../db/money/recalled-payments.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { CommandText } from '../../db/entities/command-text.ts';
import { carriesUntil } from '../../workflows/domain/requirement.ts';
import { billingStatus } from '../../workflows/domain/billing.ts';
import { nextCharge, perPeriod } from '../../workflows/domain/charges.ts';
import { creditFigures } from '../../workflows/domain/credits/figures.ts';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { intervalOf } from '../../workflows/domain/price.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { accessSchema } from './access-schema.ts';

type ApiAccess = z.input<typeof accessSchema>;

const NO_CREDITS = { perYear: 0, remainingThisYear: 0, available: 0, held: 0, callMinutes: null, nextIssueAt: null };

const NONE: Omit<ApiAccess, 'now'> = {
  status: 'none',
  purchaseId: null,
  offer: null,
  interval: null,
  price: null,
  firstPaymentAt: null,
  refundWindowClosesAt: null,
  nextCharge: null,
  endsAt: null,
  officeHours: false,
  features: [],
  quotaFactor: 1,
  credits: NO_CREDITS,
  removalRequest: null,
};

/** What the terms of an add-on give [R19.2]. */
export const givenBy = ({ officeHours = false, features = [], quotaFactor }: OfferTerms) => ({
  officeHours,
  features,
  quotaFactor: quotaFactor ?? 1,
});

/** The account's add-on as it stands; `seesMoney`: whether who reads it does [R2.1]. */
export async function toApiAccess(at: AtPlatform, seesMoney: boolean): Promise<ApiAccess> {
  const addOn = await addOnFor(at);
  const { now } = at;
  if (!addOn) return { ...NONE, now };
  const { snapshot: state, id: purchaseId } = await withAllPayments(at.em, addOn);
  const offer = await at.em.findOneOrFail(Offer, { id: addOn.offerId });
  const charge = nextCharge(state);
  return {
    status: billingStatus(state.billing),
    purchaseId,
    offer: { id: offer.id, name: offer.name },
    interval: intervalOf(state.terms.price),
    price: seesMoney ? perPeriod(state) : null,
    firstPaymentAt: state.payments[0]?.paidAt ?? null,
    refundWindowClosesAt: state.refundWindow?.closesAt ?? null,
    nextCharge: seesMoney && charge ? charge : null,
    endsAt: carriesUntil(state),
    ...givenBy(state.terms),
    credits: { ...NO_CREDITS, ...creditFigures(state, now), callMinutes: state.terms.credits?.callMinutes ?? null },
    removalRequest: await openRequest(at, addOn),
    now,
  };
}

/** Who asked is a person of the account, or of the platform. */
async function openRequest({ em }: AtPlatform, { snapshot }: Purchase): Promise<ApiAccess['removalRequest']> {
  const { cancellationRequest: request } = snapshot;
  if (!request) return null;
  const asked = await em.findOne(InboxRow, { id: request.id });
  const text = await em.findOne(CommandText, { commandId: request.id });
  const by = asked?.actor ?? null;
  const emails = await actorEmails(em, by ? [by] : []);
  return { ...request, reason: text?.reason ?? null, by: by && toApiActor(by, emails) };
}
