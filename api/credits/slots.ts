import { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { BOOKABLE_DAYS, findOpenSlots } from '../../db/credits/open-slots.ts';
import { Expert } from '../../db/entities/expert.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { ownPurchase } from '../../db/people/customer.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import { openSpan } from '../../workflows/domain/access.ts';
import { addDays, earliest, fromMs, latest, MINUTE_MS, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { PEOPLE } from '../auth/roles.ts';
import { boundAt, dayOrInstant } from '../http/day-or-instant.ts';
import { givenId, id, instant, timeZone } from '../http/fields.ts';
import { invalid, notFound } from '../http/problem.ts';
import { defineCustomerRoute, defineRoute } from '../http/route.ts';

/** Of a purchase that gives no credits, as they are shipped [R19.5]. */
const CALL_MINUTES = 45;

const query = z.strictObject({
  purchaseId: givenId.describe('For whose calls: how long they last, and until when they can be.'),
  expertId: givenId.optional().describe('Without it, the slots of everybody.'),
  from: dayOrInstant.optional().describe('Slots that begin from here on; now when left out.'),
  to: dayOrInstant.optional().describe(`Slots that begin before; ${BOOKABLE_DAYS} days ahead when left out.`),
  timeZone: timeZone.optional().describe("In which `from` and `to` are days; the account's when left out."),
});

const answer = z.strictObject({
  data: z.array(z.strictObject({ startsAt: instant, endsAt: instant, expertId: id }).meta({ id: 'Slot' })),
  next: instant.nullable().describe('Where the rest begins, of a very long answer: the next `from`.'),
});

const asked = {
  tag: 'Slots',
  summary: 'List when calls can be booked, the earliest first',
  description: `Up to ${BOOKABLE_DAYS} days ahead, and none after a known end of the purchase's access.`,
  query,
  answers: { 200: answer },
  problems: [404],
} as const;

type Asked = { em: Scoped; account: { timeZone: string }; now: Instant; query: z.output<typeof query> };

async function answerSlots({ em, account, now, query: { expertId, from, to, ...zone } }: Asked, purchase: Purchase) {
  if (expertId !== undefined && (await em.count(Expert, { id: expertId })) === 0) throw notFound('expert');
  const timeZone = zone.timeZone ?? account.timeZone;
  const begin = boundAt(from, timeZone) ?? now;
  const end = boundAt(to, timeZone) ?? addDays(now, BOOKABLE_DAYS + 1);
  if (from !== undefined && to !== undefined && end <= begin) throw invalid('to', 'must be after the beginning');
  const callMinutes = purchase.snapshot.terms.credits?.callMinutes ?? CALL_MINUTES;
  const span = openSpan(purchase.snapshot);
  if (span === null) return { status: 200 as const, body: { data: [], next: null } };
  const lastStart = span.until && fromMs(toMs(span.until) - callMinutes * MINUTE_MS + 1);
  const until = earliest(end, lastStart) ?? end;
  const { slots, next } = await findOpenSlots(em, now, {
    expertId,
    from: latest(begin, span.from),
    until,
    callMinutes,
  });
  return { status: 200 as const, body: { data: slots, next } };
}

const list = defineRoute({
  ...asked,
  method: 'get',
  path: '/v1/slots',
  operationId: 'listSlots',
  roles: PEOPLE,
  async handle(call) {
    const purchase = await findPurchase(call.em, call.query.purchaseId);
    if (!purchase?.startedAt) throw notFound('purchase');
    return answerSlots(call, purchase);
  },
});

const listMine = defineCustomerRoute({
  ...asked,
  method: 'get',
  path: '/v1/me/slots',
  operationId: 'listMySlots',
  async handle(call) {
    const purchase = await ownPurchase(call.em, call.contact, call.query.purchaseId, call.team?.forAccountId);
    if (!purchase) throw notFound('purchase');
    return answerSlots(call, purchase);
  },
});

export const slotRoutes = { list, listMine };
