import { ENTRY_WORDS } from '../../words/entry.ts';
import type { DetailContext } from '../../words/entry-details.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { Pager } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { ACCESS_WORDS } from '../../words/access.ts';
import { BILLING_WORDS } from '../../words/billing.ts';
import { purchasePath, type Purchase, type Timeline } from './read-purchase.ts';

type TimelineProps = { purchase: Purchase; timeline: Timeline; site: Site; query: Record<string, string> };
type Entry = Timeline['data'][number];

/** What has happened, the newest first: what, when, who, why, before and after [R6.4, R23.1]. */
export function TimelineSection({ purchase, timeline, site, query }: TimelineProps) {
  const productNames = new Map(purchase.products.map(({ productId, name }) => [productId, name]));
  const context = { site, productNames };
  const place: Record<string, string> = query.cursor === undefined ? {} : { cursor: query.cursor };
  return (
    <section id="timeline">
      <h2>Timeline</h2>
      <ol className="timeline">
        {timeline.data.map((entry) => (
          <EntryLine key={entry.id} entry={entry} context={context} />
        ))}
      </ol>
      <Pager path={purchasePath(purchase.id)} query={place} nextCursor={timeline.nextCursor} />
    </section>
  );
}

function EntryLine({ entry, context }: { entry: Entry; context: DetailContext }) {
  const { label, tone, details } = ENTRY_WORDS[entry.type];
  const shown = (details?.(entry.data, context) ?? []).filter((text) => text !== null && text !== '');
  return (
    <li className={`entry-${tone}`}>
      <strong>{label}</strong>
      {shown.length > 0 ? `: ${shown.join(', ')}` : ''}
      <BeforeAfter entry={entry} />
      {entry.reason === null ? null : <span className="entry-line">Reason: {entry.reason}</span>}
      {entry.feedback === null ? null : <span className="entry-line">The customer said: {entry.feedback}</span>}
      <small className="quiet entry-line">
        <When at={entry.at} site={context.site} />, by {actorInWords(entry.actor)}
      </small>
    </li>
  );
}

/** Where a verb moved one of the axes. */
function BeforeAfter({ entry: { before, after } }: { entry: Entry }) {
  if (!before || !after) return null;
  const moved: string[] = [];
  if (before.billingStatus !== after.billingStatus)
    moved.push(`Billing: ${BILLING_WORDS[before.billingStatus].label} → ${BILLING_WORDS[after.billingStatus].label}`);
  if (before.accessStatus !== after.accessStatus)
    moved.push(`Access: ${ACCESS_WORDS[before.accessStatus].label} → ${ACCESS_WORDS[after.accessStatus].label}`);
  return moved.length === 0 ? null : <span className="entry-line">{moved.join('. ')}</span>;
}
