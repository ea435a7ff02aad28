import { v7 as uuid } from 'uuid';
import { aBlock, anExpert } from '../../builders/rows.ts';
import { aCredit, RULE, someCredits } from '../../builders/calls.ts';
import type { MailGround } from './a-mail-ground.ts';
import { aBoughtStory } from './a-story.ts';

const D10 = '2027-02-10T09:00:00.000Z';
const [FIRST, SECOND] = ['2027-02-17T08:00:00.000Z', '2027-02-17T08:45:00.000Z'] as const;
const [BEFORE, LATE] = ['2027-02-16T08:45:00.000Z', '2027-02-17T08:30:00.000Z'] as const;
const NOON = '2027-02-17T16:00:00.000Z';

type Written = Record<string, string>;

/** Calls and a seat through all that can happen to them; each step's emails, by kind. */
export async function aCallStory(ground: MailGround): Promise<Written[]> {
  const em = ground.orm.em.fork();
  const accountId = ground.ids.account;
  const expertId = await anExpert(em, accountId, { name: 'Ines Kolar' });
  const blockId = await aBlock(em, { accountId, expertId });
  const { story } = await aBoughtStory(ground, { terms: { credits: RULE, officeHours: true } });
  const open = [1, 2, 3].map((id) => aCredit({ id }));
  const credits = someCredits([...open, aCredit({ id: 4, expiresAt: '2027-02-16T08:00:00.000Z' })]);
  await story.record({ state: { ...story.state(), credits }, entries: [], emails: [] }, D10);
  const emails: Written[] = [];
  const book = async (startsAt: string, minutes = 45) => {
    const callId = uuid();
    const endsAt = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString();
    emails.push(
      await story.ask('book-call', { callId, startsAt, endsAt, expertIds: [expertId] }, { at: D10, commandId: callId }),
    );
    return callId;
  };
  const cancel = async (callId: string, at: string, by = 'booker') =>
    emails.push(await story.ask('cancel-call', { callId, by }, { at }));

  const first = await book(FIRST);
  const to = { startsAt: SECOND, endsAt: '2027-02-17T09:30:00.000Z', expertIds: [expertId] };
  emails.push(await story.ask('move-call', { callId: first, ...to }, { at: D10 }));
  emails.push(await story.reach('call-reminder', BEFORE));
  await cancel(first, BEFORE);
  await cancel(await book(FIRST), D10);
  await cancel(await book(SECOND), LATE);
  const id = uuid();
  const seat = { id, blockId, expertId, date: '2027-02-17', startsAt: NOON, endsAt: '2027-02-17T20:00:00.000Z' };
  emails.push(await story.ask('book-seat', seat, { at: D10, commandId: id }));
  emails.push(await story.ask('cancel-seat', { seatId: id, by: 'booker' }, { at: D10 }));
  await book(FIRST);
  emails.push(await story.ask('cancel', { when: 'now', cancelAt: null }, { at: BEFORE }));
  return emails;
}

const OF_CALL = { expertName: 'Ines Kolar', startsAt: FIRST };
const OF_SEAT = { expertName: 'Ines Kolar', startsAt: NOON };
const BOOKER = { booker: { name: 'Ada Lovelace' }, offerName: 'Studio Membership' };

/** What the first email of each kind says. */
export const CALL_SAYS = {
  'call-booked': OF_CALL,
  'expert-call-booked': { ...BOOKER, startsAt: FIRST },
  'call-moved': { previousStartsAt: FIRST, startsAt: SECOND },
  'expert-call-moved': { ...BOOKER, previousStartsAt: FIRST, startsAt: SECOND },
  'call-reminder': { expertName: 'Ines Kolar', startsAt: SECOND },
  'expert-call-reminder': { ...BOOKER, startsAt: SECOND },
  'call-canceled': { startsAt: SECOND, credit: 'expired' },
  'expert-call-canceled': { ...BOOKER, startsAt: SECOND },
  'seat-booked': OF_SEAT,
  'expert-seat-booked': { ...BOOKER, startsAt: NOON },
  'seat-canceled': OF_SEAT,
  'expert-seat-canceled': { ...BOOKER, startsAt: NOON },
};
