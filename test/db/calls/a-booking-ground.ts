import { v7 as uuid } from 'uuid';
import { createTakeInbox } from '../../../activities/inbox/take-inbox.ts';
import { termsOf } from '../../../db/catalog/terms-of.ts';
import { acceptCommand } from '../../../db/inbox/accept-command.ts';
import { Contact } from '../../../db/entities/contact.ts';
import { Offer } from '../../../db/entities/offer.ts';
import { claimPurchase, type Claim } from '../../../db/purchase/claim-purchase.ts';
import { insertIncomplete } from '../../../db/purchase/grant-offer.ts';
import { recordPurchase, recordPurchases, type Recorded } from '../../../db/purchase/record-purchase.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import { SYSTEM, type BookingVerbName } from '../../../workflows/domain/verb.ts';
import type { RowEnd } from '../../../workflows/inbox/inbox.ts';
import { recordOf } from '../../../workflows/purchase/pass-record.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { aCredit, RULE, someCredits } from '../../builders/calls.ts';
import { aPurchase } from '../../builders/purchase.ts';
import { anAccount, anOffer, T0 } from '../../builders/rows.ts';
import { orm } from '../../ground/orm.ts';

export { T0 };

export type Booker = { purchaseId: string; contactId: string };
type Asked = { name: BookingVerbName; input: object; id: string };

/**
 * An account whose purchases give credits and office hours. What is asked goes through inbox, pass
 * and record as in the workflow, on real rows, and without Temporal.
 */
export async function aBookingGround() {
  const { accountId } = await anAccount(orm.em.fork());
  const { offerId } = await anOffer(orm.em.fork(), accountId, { credits: RULE, officeHours: true });
  const em = orm.em.fork();
  const terms = termsOf(await em.findOneOrFail(Offer, offerId));
  const take = createTakeInbox({
    orm,
    gateway: { failureOf: () => Promise.resolve(null), cardEnd: () => Promise.resolve(null) },
  });

  /** Purchases, each of somebody new, with one credit. */
  async function bookers(count: number): Promise<Booker[]> {
    const made = Array.from({ length: count }, () => ({ purchaseId: uuid(), contactId: uuid() }));
    const rows = made.map(({ contactId: id }) => ({ id, accountId, email: `${id}@example.com`, createdAt: T0 }));
    await orm.em.fork().insertMany(Contact, rows);
    await orm.em.fork().transactional(async (tx) => {
      for (const { purchaseId, contactId } of made) await addPurchase(tx, purchaseId, contactId);
    });
    const recorded = await recordPurchases(orm.em.fork(), made.map(started));
    const failed = recorded.find(({ kind }) => kind !== 'recorded');
    if (failed) throw new Error(JSON.stringify(failed));
    return made;
  }

  const addPurchase = (tx: typeof em, purchaseId: string, id: string) =>
    insertIncomplete(tx, { purchaseId, contact: { id, accountId } as Contact, terms, origin: 'bought', now: T0 });

  function started({ purchaseId, contactId }: Booker) {
    const credits = someCredits([aCredit()]);
    const bought = aPurchase({
      accountId,
      purchaseId,
      contactId,
      terms,
      billing: { subscriptionId: `sub_${purchaseId}` },
      payments: [],
    });
    const nothing = { entries: [], emails: [], ends: [], followUps: [], payments: [], stuckReason: null };
    return { epoch: 0, revision: 1, now: T0, state: { ...bought, credits }, ...nothing };
  }

  /** Another purchase of the same person. */
  async function again({ contactId }: Booker): Promise<Booker> {
    const one = { purchaseId: uuid(), contactId };
    const { offerId: other } = await anOffer(orm.em.fork(), accountId, { credits: RULE, officeHours: true });
    const contact = { id: contactId, accountId } as Contact;
    const asked = { purchaseId: one.purchaseId, contact, terms: { ...terms, offerId: other }, now: T0 };
    await insertIncomplete(orm.em.fork(), { ...asked, origin: 'bought' });
    const { state, ...record } = started(one);
    await recordPurchase(orm.em.fork(), { ...record, state: { ...state, terms: { ...terms, offerId: other } } });
    return one;
  }

  async function accept({ purchaseId }: Booker, { name, input, id }: Asked): Promise<void> {
    const nothing = { planHash: null, expectedVersion: null, reason: null, feedback: null };
    const command = { commandId: id, name, input, actor: SYSTEM, askedAt: T0, ...nothing };
    await acceptCommand(orm.em.fork(), { ...command, accountId, purchaseId });
  }

  /**
   * One turn of the workflow's loop; `between`: what happens after the inbox was read, and before
   * its record is written.
   */
  async function turn(booker: Booker, between?: () => Promise<unknown>, known?: Claim): Promise<Turn> {
    const claim = known ?? (await claimed(booker));
    const taken = await take(booker.purchaseId);
    if (!taken) throw new Error('there is nothing to take');
    await between?.();
    const result = runPass(claim.state, taken, { now: T0, realNow: T0 }, null);
    const recorded = await recordPurchase(orm.em.fork(), recordOf(result, claim, T0, null));
    return { recorded: recorded.kind, ends: result.ends };
  }

  async function claimed({ purchaseId }: Booker): Promise<Claim> {
    const claim = await claimPurchase(orm.em.fork(), purchaseId);
    if (!claim) throw new Error(`no purchase ${purchaseId}`);
    return claim;
  }

  /** How a command ends, after as many turns as it needs. */
  async function ask(booker: Booker, asked: Asked): Promise<string> {
    await accept(booker, asked);
    const claim = await claimed(booker);
    for (;;) {
      const { recorded, ends } = await turn(booker, undefined, claim);
      const end = ends.find(({ rowId }) => rowId === asked.id);
      if (recorded === 'recorded' && end) return end.refusal?.code ?? end.state;
    }
  }

  return { accountId, offerId, bookers, again, accept, turn, ask };
}

export type BookingGround = Awaited<ReturnType<typeof aBookingGround>>;
type Turn = { recorded: Recorded['kind']; ends: RowEnd[] };

/** Asks for a call of 45 minutes with the first of some experts. */
export function aCallAsked(startsAt: Instant, expertIds: string[], id: string = uuid()): Asked {
  const endsAt = new Date(Date.parse(startsAt) + 45 * 60_000).toISOString();
  return { name: 'book-call', id, input: { callId: id, startsAt, endsAt, expertIds } };
}
