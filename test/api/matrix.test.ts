import { beforeAll, describe, expect, test } from '@jest/globals';
import { keepPrices } from '../../db/catalog/at-stripe.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { VERB_NAMES, type VerbName } from '../../workflows/domain/verb.ts';
import { withBilling } from '../../workflows/verbs/subscription-of.ts';
import { CELLS, titleOf, type Cell } from '../workflows/matrix/cells.ts';
import { legalIn } from '../workflows/matrix/rules.ts';
import { anOffer } from '../builders/rows.ts';
import { aPurchase } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi({ waitMs: 50, worldOf: 'all tests' });

/** One cell for each kind, status and pending: access and money are tried in the domain alone. */
const CHOSEN = CELLS.filter(({ access, money }) => access === 'open' && (money === 'left' || money === 'none'));

const GOLD = '0198c0de-0000-7000-8000-000000000099';

/** What a subscription may become. */
beforeAll(async () => {
  await anOffer(api.orm.em.fork(), world.accountId, { id: GOLD });
  const made = { stripeProductId: 'prod_gold', stripePriceId: 'price_gold', stripeFeePriceId: null };
  await keepPrices(api.orm.em.fork(), { id: GOLD, accountId: world.accountId }, null, made);
});

const BODIES: Partial<Record<VerbName, object>> = {
  cancel: { when: 'now' },
  'change-resume-date': { resumeAt: '2027-02-20T09:00:00Z' },
  refund: { paymentId: 'in_1' },
  'change-offer': { offerId: GOLD, when: 'now' },
  'access-start': { startsAt: '2027-02-01T00:00:00Z' },
  extend: { days: 14 },
  'issue-credit': { reason: 'A gift' },
};

const bodyOf = (verb: VerbName, purchaseId: string): object | undefined =>
  verb === 'forfeit-credit' ? { creditIds: [`${purchaseId}:1`], reason: 'By mistake' } : BODIES[verb];

/** The cell's state in the place of a purchase's own. */
function asIn({ state }: Cell, { purchaseId, accountId, contactId, terms }: PurchaseState): PurchaseState {
  const { offerId, productIds } = terms;
  const own = { ...state, purchaseId, accountId, contactId, terms: { ...state.terms, offerId, productIds } };
  return withBilling(own, ({ pendingChange }) => ({
    subscriptionId: `sub_${purchaseId}`,
    ...(pendingChange && { pendingChange: { ...pendingChange, terms: { ...terms, offerId: GOLD } } }),
  }));
}

describe('every verb, asked through the API in every kind, status and pending [R6.1]', () => {
  test.each(CHOSEN.map((cell) => [titleOf(cell), cell] as const))('%s', async (_title, cell) => {
    const contact = await owner.post('/v1/contacts', { email: `${titleOf(cell).replaceAll(/\W+/g, '-')}@example.com` });
    const purchaseId = await aPurchase(api.orm, { ...world, contactId: contact.body.id }, (own) => asIn(cell, own));
    const legalVerbs = legalIn(cell);

    expect((await owner.get(`/v1/purchases/${purchaseId}`)).body).toMatchObject({
      billingStatus: cell.status,
      legalVerbs,
      illegalVerbs: VERB_NAMES.filter((verb) => !legalVerbs.includes(verb)).map((verb) => ({ verb })),
    });
    for (const verb of VERB_NAMES) {
      const isLegal = legalVerbs.includes(verb);
      const body = { ...bodyOf(verb, purchaseId), ...(isLegal && { dryRun: true }) };
      const answer = await owner.post(`/v1/purchases/${purchaseId}/${verb}`, body);

      if (isLegal) expect(answer).toMatchObject({ status: 200, body: { status: 'preview', verb } });
      else expect({ verb, ...answer }).toMatchObject({ verb, status: 409, body: { state: cell.status, legalVerbs } });
    }
    expect(await api.orm.em.fork().count(InboxRow, { subjectId: purchaseId })).toBe(0);
  });
});
