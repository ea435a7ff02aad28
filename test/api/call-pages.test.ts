import { beforeAll, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Account } from '../../db/entities/account.ts';
import { Call } from '../../db/entities/call.ts';
import { CreditEntry } from '../../db/entities/credit-entry.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { hashPassword } from '../../api/auth/passwords.ts';
import { aBlock, aContact, anAdmin, anExpert } from '../builders/rows.ts';
import { aCall, aCredit, RULE, someCredits } from '../builders/calls.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, guest, useApi, world } from './use-api.ts';

/** Pages of calls by their texts; what a press of their buttons does is tried in a browser. */
useApi({ waitMs: 50, worldOf: 'all tests' });

const CALL_AT = '2027-02-03T09:00:00.000Z';
const ENDS_AT = '2027-02-03T09:45:00.000Z';

let expertId: string;
let purchaseId: string;
let callId: string;
let customer: { cookie: string };
let admin: { cookie: string };
let site: string;

beforeAll(async () => {
  const em = api.orm.em.fork();
  const { accountId } = world;
  const contactId = await aContact(em, accountId);
  expertId = await anExpert(em, accountId);
  await anExpert(em, accountId, { name: 'Jo Park', timeZone: 'America/Los_Angeles' });
  await aBlock(em, { accountId, expertId });
  callId = uuid();
  purchaseId = await aPurchase(api.orm, { ...world, contactId }, (state) => ({
    ...state,
    terms: { ...state.terms, credits: RULE, officeHours: true },
    credits: someCredits([aCredit({ id: 0, heldBy: callId }), aCredit()]),
    calls: [aCall({ id: callId, expertId, startsAt: CALL_AT, endsAt: ENDS_AT })],
  }));
  const entry = { purchaseId, accountId, at: T0, commandId: null, callId: null, expiresAt: null };
  await em.insertMany(CreditEntry, [
    { ...entry, revision: 1, position: 0, credit: 0, kind: 'issued', expiresAt: aCredit().expiresAt },
    { ...entry, revision: 1, position: 1, credit: 1, kind: 'issued', expiresAt: aCredit().expiresAt },
    { ...entry, revision: 2, position: 0, credit: 0, kind: 'redeemed', callId },
  ]);
  const whose = { accountId, purchaseId, contactId, expertId, bookedAt: T0, endedAt: null, endedBy: null };
  const times = { startsAt: CALL_AT, endsAt: ENDS_AT, busyUntil: ENDS_AT };
  await em.insert(Call, { ...whose, ...times, id: callId, state: 'booked', sequence: 0, credit: null });
  const { token } = await createLoginToken(em, { accountId, contactId, kind: 'login', now: T0 });
  const session = (await guest.post('/v1/login-links/exchange', { token })).body;
  customer = { cookie: `perennial_customer_${accountId.replaceAll('-', '')}=${session.token}` };
  const password = 'correct horse battery staple';
  await anAdmin(em, {
    accountId,
    email: 'sam@example.com',
    role: 'support',
    passwordHash: await hashPassword(password),
  });
  const signedIn = (await guest.post('/v1/sessions', { email: 'sam@example.com', password })).body;
  admin = { cookie: `perennial_admin=${signedIn.token}` };
  site = `/s/${(await em.findOneOrFail(Account, { id: accountId })).slug}`;
});

/** A page's status and its words, one after the other. */
async function read(path: string, headers: { cookie: string }): Promise<string> {
  const response = await fetch(`${api.url}${path}`, { headers, redirect: 'manual' });
  const html = (await response.text()).replaceAll(/<(script|style|head|select)[\s\S]*?<\/\1>/g, '');
  const words = html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ');
  return `${response.status} ${words}`;
}

const SLOT = '2027-02-04T08:00:00.000Z';

test.each([
  ['/calls', ['200', 'You can book 1 call of 45 minutes', 'Wednesday, February 3, 09:00 to 09:45', 'Book a call']],
  ['/calls', ['A call with Ines Kolar , 10:00 in Vienna', 'Mon 1', 'your time (UTC)', 'Office hours', 'Take a seat']],
  ['/calls', ['for the call of Feb 3', 'Free until Jan 31, 2028', 'It can be moved or canceled until Feb 2, 09:00']],
  ['/billing', ['It gives calls and office hours: see your calls']],
  ['/library', ['Your calls']],
])('a customer reads at %s %j', async (path, texts) => {
  const words = await read(`${site}${path}`, customer);

  for (const text of texts) expect(words).toContain(text);
});

test('a booking, a move, a cancellation and a seat say what they do before the button', async () => {
  const book = await read(`${site}/calls/book?purchase=${purchaseId}&expert=${expertId}&startsAt=${SLOT}`, customer);
  const gone = await read(`${site}/calls/book?purchase=${purchaseId}&expert=${expertId}&startsAt=${CALL_AT}`, customer);
  const move = await read(`${site}/calls/${callId}/move`, customer);
  const moved = await read(`${site}/calls/${callId}/move?startsAt=${SLOT}`, customer);
  const cancel = await read(`${site}/calls/${callId}/cancel`, customer);

  expect(book).toContain('Thursday, February 4, 08:00 to 08:45 , your time (UTC)');
  expect(book).toContain('The credit of Jan 31 is used for the call; it is good until Jan 31, 2028.');
  expect(gone).toContain('409');
  expect(gone).toContain('Somebody else has just booked that time. Nothing is booked.');
  expect(gone).toContain('Wednesday, February 3, 10:15');
  expect(move).toContain('Now it is on Wednesday, February 3, 09:00 to 09:45');
  expect(moved).toContain('Its credit stays held for it.');
  expect(cancel).toContain('The credit of Jan 31 comes back; it is good until Jan 31, 2028.');
});

test.each([
  ['/calls?date=2027-02-03', ['Feb 1 to Feb 7', '09:00 Ada', 'with Ines Kolar', '0 of 8 seats']],
  ['/calls?view=day&date=2027-02-03', ['Feb 3', 'Office hours, 0 of 8 seats', 'Booked']],
  ['/calls/list', ['Ada', 'Held']],
])('an admin reads at %s %j', async (path, texts) => {
  const words = await read(path, admin);

  for (const text of ['200', ...texts]) expect(words).toContain(text);
});

test('an admin reads a call, what its cancellation does by whose it is, and books for a customer', async () => {
  const call = await read(`/calls/${callId}`, admin);
  const cancel = await read(`/calls/${callId}/cancel?by=booker`, admin);
  const move = await read(`/calls/${callId}/move?startsAt=${SLOT}`, admin);
  const purchase = await read(`/purchases/${purchaseId}`, admin);
  const choose = await read(`/purchases/${purchaseId}/book-call`, admin);
  const book = await read(`/purchases/${purchaseId}/book-call?startsAt=${SLOT}`, admin);
  const held = await read(`/calls/${callId}/held`, admin);
  const seat = await read(`/purchases/${purchaseId}/book-seat`, admin);

  expect(call).toContain('10:00 in Vienna');
  expect(cancel).toContain('The credit of Jan 31 comes back');
  expect(cancel).toContain('Email: Call canceled, to the expert.');
  expect(move).toContain('Its credit stays held for it.');
  expect(purchase).toContain('Call with Ines Kolar');
  expect(choose).toContain('Anyone free');
  expect(book).toContain('With whoever is free then');
  expect(held).toContain('409');
  expect(seat).toContain('Take 1 of 8');
});
