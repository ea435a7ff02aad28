import { addIntervals } from '../workflows/domain/calendar.ts';
import { addDays } from '../workflows/domain/instant.ts';
import type { DemoClient, Json } from './api-client.ts';
import { buy, isPaid, isStarted, offersOf, type Bought } from './buy.ts';
import { DISPUTED, REFUSED_LATER } from './cards.ts';
import { addExperts } from './experts.ts';
import { addOffers } from './offers.ts';

/**
 * Fills the demo account: people buy month by month over two years, and what then happens to each
 * is one of these stories, by turns. The first ones are those of the latest, so that in the end
 * there are a trial, a dispute, a call, a payment that is overdue and a cancellation to come.
 */
const STORIES: Story[] = [
  { offer: 'year' },
  { card: DISPUTED },
  { offer: 'plan', hasCall: true },
  { offer: 'year', card: REFUSED_LATER },
  { after: 0, verb: 'cancel', body: () => ({ when: 'period_end' }) },
  { after: 0, verb: 'money-back', body: () => ({ reason: 'Not what was hoped for' }) },
  { after: 1, verb: 'refund', body: ({ paymentId }) => ({ paymentId, amountMinor: 900 }) },
  { after: 3, verb: 'pause', body: () => ({ reason: 'Abroad for a while' }) },
  { isGrant: true },
  { after: 6, verb: 'revoke', body: () => ({ reason: 'Shared the login' }) },
  { after: 2, verb: 'pause', body: ({ now }) => ({ resumeAt: addIntervals(now, 'month', 5), access: 'suspend' }) },
  { offer: 'once' },
  { offer: 'plan' },
  {},
  { after: 4, verb: 'cancel', body: () => ({ when: 'period_end', reason: 'Moves away' }) },
];

type Story = {
  /** Sold by the month where it is not said. */
  offer?: 'year' | 'plan' | 'once';
  card?: string;
  isGrant?: true;
  /** Whether a call is booked, a week ahead or so. */
  hasCall?: true;
  /** The verb that is asked so many months after the purchase. */
  after?: number;
  verb?: string;
  body?: (known: { now: string; paymentId: string | undefined }) => Json;
};

type Person = { name: string; email: string; month: number; story: Story; purchaseId: string | null };
type Clock = { now: string; isMoving: boolean };

const MONTHS = 24;
/** Half a month after those. */
const LAST_MONTH = MONTHS + 1;
/** The clock takes every renewal with it, one after the other. */
const MOST_SECONDS_A_MONTH = 60;

const FIRST = 'Ada Ben Cleo Dan Eva Finn Gia Hugo Ida Jon Kim Lea'.split(' ');
const LAST = ['Lindqvist', 'Okafor', 'Marchetti', 'Novák', 'Sørensen'];

/** `count` people; @throws where the API answers otherwise than it should */
export async function fill(api: DemoClient, count: number, say: (line: string) => void): Promise<void> {
  await addExperts(api);
  const offers = { ...(await offersOf(api)), ...(await addOffers(api)) };
  const people = peopleOf(count);
  for (let month = 0; month <= LAST_MONTH; month += 1) {
    const { now } = await api.get<Clock>('/test-clock');
    const arriving = people.filter((person) => person.month === month);
    await Promise.all(arriving.map((person) => arrive(api, person, offers[person.story.offer ?? 'month'])));
    const acting = people.filter(({ month: since, story }) => story.verb && since + (story.after ?? 0) === month);
    await Promise.all(acting.map((person) => act(api, person, now)));
    say(`${now.slice(0, 10)}: ${arriving.length} came, ${acting.length} ${acting.length === 1 ? 'verb' : 'verbs'}`);
    if (month < LAST_MONTH) await moveTo(api, month < MONTHS ? addIntervals(now, 'month', 1) : addDays(now, 15));
  }
}

/** More of them lately; the last three come half a month after the three before them. */
function peopleOf(count: number): Person[] {
  return Array.from({ length: count }, (_, n) => {
    const name = `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length) % LAST.length]}`;
    const fromLast = count - 1 - n;
    const month = fromLast < 6 ? LAST_MONTH - Number(fromLast >= 3) : Math.floor(MONTHS * (n / count) ** 0.7);
    const local = name
      .replaceAll('ø', 'o')
      .normalize('NFD')
      .replaceAll(/[^A-Za-z ]/g, '')
      .replace(' ', '.')
      .toLowerCase();
    const story = STORIES[fromLast % STORIES.length] ?? {};
    return { name, email: `${local}.${n + 1}@example.com`, month, story, purchaseId: null };
  });
}

async function arrive(api: DemoClient, person: Person, offerId: string): Promise<void> {
  const { email, name, story } = person;
  if (story.isGrant) {
    const { purchase } = await api.post<{ purchase: { id: string } }>('/grants', { offerId, email, name });
    person.purchaseId = purchase.id;
    return;
  }
  const isThere = story.offer === 'year' ? isStarted : isPaid;
  person.purchaseId = await buy(api, offerId, { email, name, card: story.card }, isThere);
  if (story.hasCall) await bookCall(api, person.purchaseId);
}

async function bookCall(api: DemoClient, purchaseId: string): Promise<void> {
  const { data } = await api.get<{ data: { startsAt: string; expertId: string }[] }>(`/slots?purchaseId=${purchaseId}`);
  const { startsAt, expertId } = data[Math.trunc(data.length / 8)] ?? {};
  await api.post('/calls', { purchaseId, startsAt, expertId });
}

async function act(api: DemoClient, { purchaseId, story }: Person, now: string): Promise<void> {
  const { payments } = await api.get<Bought>(`/purchases/${purchaseId}`);
  await api.post(`/purchases/${purchaseId}/${story.verb}`, story.body?.({ now, paymentId: payments[0]?.id }) ?? {});
}

async function moveTo(api: DemoClient, to: string): Promise<void> {
  await api.post('/test-clock/advance', { to, wait: false });
  await api.until<Clock>(`the clock to reach ${to}`, '/test-clock', ({ isMoving }) => !isMoving, MOST_SECONDS_A_MONTH);
}
