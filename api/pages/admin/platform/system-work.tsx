import type { EmailState } from '../../../../db/entities/email.ts';
import { DAY_MS, toMs } from '../../../../workflows/domain/instant.ts';
import { emailRoutes } from '../../../mail/emails.ts';
import type { Overview } from '../../../platform/overview-schema.ts';
import { siteOf, type PageCall } from '../../page.ts';
import { countInWords, countNamed, foundInWords } from '../../parts/counts.ts';
import { NOTHING, type Work, type WorkItem } from './work-item.ts';

type Seen = Overview['attention'];

/** What is older than this nobody sees to any more. */
const RECENT_MS = 30 * DAY_MS;

const TROUBLES = {
  failed: { word: 'failed', seen: 'emailsFailed', tone: 'bad' },
  unknown: { word: 'may not have been sent', seen: 'emailsUnknown', tone: 'warn' },
  bounced: { word: 'bounced', seen: 'emailsBounced', tone: 'warn' },
} as const satisfies Partial<Record<EmailState, { word: string; seen: keyof Seen; tone: WorkItem['tone'] }>>;

/** Emails of the last days that did not arrive, those of one kind of trouble together [R13.6]. */
export async function emailWork(call: PageCall, seen: Seen): Promise<Work> {
  const items: WorkItem[] = [];
  for (const state of ['failed', 'unknown', 'bounced'] as const) {
    if (seen[TROUBLES[state].seen] > 0) items.push(...(await troubleOf(call, state)));
  }
  return { items, more: [] };
}

async function troubleOf(call: PageCall, state: keyof typeof TROUBLES): Promise<WorkItem[]> {
  const { data, nextCursor } = await call.api.read(emailRoutes.list, { query: { state, limit: '50' } });
  const recent = data.filter(({ dueAt }) => toMs(siteOf(call).now) - toMs(dueAt) < RECENT_MS);
  if (recent.length === 0) return [];
  const { word, tone } = TROUBLES[state];
  const isMore = nextCursor !== null && recent.length === data.length;
  const to = [...new Set(recent.map((email) => email.to ?? 'a deleted recipient'))];
  const named = to.length > 2 ? `${to.slice(0, 2).join(', ')} and ${to.length - 2} more` : to.join(' and ');
  const title = `${foundInWords({ count: recent.length, isOver: isMore }, 'email')} ${word}`;
  const href = `/emails?state=${state}`;
  const label = recent.length === 1 ? 'See it' : `See ${isMore ? 'them' : `all ${recent.length}`}`;
  return [
    {
      key: state,
      tone,
      title,
      href,
      detail: `To ${named}.`,
      since: null,
      amount: null,
      actions: [{ label, href }],
    },
  ];
}

const WEBHOOKS = [
  {
    seen: 'webhooksFailed',
    word: 'failed',
    detail: 'What Stripe reported has had no effect.',
    href: '/webhooks?state=failed',
    tone: 'bad',
  },
  {
    seen: 'webhooksUnmatched',
    word: 'without a purchase',
    detail: 'The search for their purchase continues.',
    href: '/webhooks/unmatched?state=unmatched',
    tone: 'warn',
  },
  {
    seen: 'webhooksDead',
    word: 'given up',
    detail: 'They belong to no known purchase.',
    href: '/webhooks/unmatched?state=dead',
    tone: 'warn',
  },
] as const satisfies readonly { seen: keyof Seen; word: string; detail: string; href: string; tone: string }[];

export const webhookWork = (seen: Seen): Work => ({
  items: WEBHOOKS.filter((one) => seen[one.seen] > 0).map((one) => ({
    key: one.seen,
    tone: one.tone,
    title: `${countInWords(countNamed(seen, one.seen))} ${seen[one.seen] === 1 ? 'webhook' : 'webhooks'} ${one.word}`,
    href: one.href,
    detail: one.detail,
    since: null,
    amount: null,
    actions: [{ label: 'Open', href: one.href }],
  })),
  more: [],
});

/** In what purchases differ from Stripe: each is mended on its page. */
export const differenceWork = (seen: Seen): Work => {
  if (seen.differences === 0) return NOTHING;
  const href = '/reconciliation';
  const count = countInWords(countNamed(seen, 'differences'));
  const title = `${count} ${seen.differences === 1 ? 'difference' : 'differences'} from Stripe`;
  const detail = 'Purchases were compared with what stands at Stripe.';
  const actions = [{ label: 'Review', href }];
  return {
    items: [{ key: 'differences', tone: 'bad', title, href, detail, since: null, amount: null, actions }],
    more: [],
  };
};

/** Customers who ask to leave, together: each is decided in its queue. */
export const requestWork = (seen: Seen): Work => {
  if (seen.cancellationRequests === 0) return NOTHING;
  const href = '/cancellation-requests';
  const count = countInWords(countNamed(seen, 'cancellationRequests'));
  const title = `${count} ${seen.cancellationRequests === 1 ? 'customer asks' : 'customers ask'} to cancel`;
  const detail = 'Nothing changes until somebody decides.';
  const actions = [{ label: 'Review', href }];
  return {
    items: [{ key: 'requests', tone: 'warn', title, href, detail, since: null, amount: null, actions }],
    more: [],
  };
};
