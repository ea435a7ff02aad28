import { v7 as uuid } from 'uuid';
import { makePlatformOffers } from '../../db/platform/platform-offers.ts';
import { T0 } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { town } from './use-town.ts';

/** The platform of a town, with its offers; there is one at a time. */
export async function aPlatform(): Promise<Site> {
  const em = town.deps.orm.em.fork();
  await em.execute('update accounts set is_platform = false');
  const site = await aSite(town, { isPlatform: true });
  await makePlatformOffers(em, { accountId: site.accountId, now: T0 });
  return site;
}

export const newcomer = (email: string, wish: object = {}) => ({
  plan: 'basic',
  interval: 'month',
  email,
  accountName: `Studio ${uuid().slice(-8)}`,
  timeZone: 'Europe/Vienna',
  ...wish,
});

/** As anybody signs up: the session at Stripe, where the plan is paid. */
export async function signUp(site: Site, wish: object): Promise<string> {
  const { url } = await site.must<{ url: string }>(town.client(null).post('/v1/sign-up', wish), 201);
  return new URL(url).pathname.split('/').at(-1)!;
}

/** The links to confirm an address that were mailed to it, the oldest first. */
export const confirmations = async (email: string): Promise<string[]> =>
  (await town.mailbox.emails(email)).flatMap(({ text }) => /confirm\?token=([\w-]+)/.exec(text ?? '')?.[1] ?? []);

/** The session of an owner who confirms the address by the mailed link. */
export async function confirm(email: string, index = 0) {
  const token = await eventually(async () => (await confirmations(email))[index]);
  const answer = await town.client(null).post('/v1/sign-up/confirm', { token, password: 'a password of hers' });
  return { token, answer, session: town.client(answer.body.token) };
}
