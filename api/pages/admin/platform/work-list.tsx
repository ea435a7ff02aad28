import type { PageCall, Site } from '../../page.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Near } from '../../parts/when.tsx';
import type { Overview } from '../../../platform/overview-schema.ts';
import { disputeWork, failedPaymentWork } from './payment-work.tsx';
import { attentionWork, otherPurchaseWork } from './purchase-work.tsx';
import { differenceWork, emailWork, requestWork, webhookWork } from './system-work.tsx';
import type { Work, WorkItem } from './work-item.ts';

/** All that somebody should see to, each thing once: what needs a person first. */
export async function readWork(call: PageCall, seen: Overview['attention']): Promise<Work> {
  const attentions = await attentionWork(call, seen);
  const decided = new Set(attentions.items.map(({ href }) => href.replace('/purchases/', '')));
  const all = [
    attentions,
    await disputeWork(call, seen),
    ...(await otherPurchaseWork(call, seen, decided)),
    ...(await failedPaymentWork(call)),
    requestWork(seen),
    await emailWork(call, seen),
    differenceWork(seen),
    webhookWork(seen),
  ];
  const items = all.flatMap((work) => work.items);
  const [urgent, others] = [items.filter(({ tone }) => tone === 'bad'), items.filter(({ tone }) => tone === 'warn')];
  return { items: [...urgent, ...others], more: all.flatMap(({ more }) => more) };
}

export const WorkList = ({ work: { items, more }, site }: { work: Work; site: Site }) =>
  items.length === 0 ? (
    <Notice tone="good">Nothing needs attention.</Notice>
  ) : (
    <>
      <ul className="work">
        {items.map((item) => (
          <Item key={item.key} item={item} site={site} />
        ))}
      </ul>
      {more.length === 0 ? null : (
        <p className="quiet">
          There are more:{' '}
          {more.map(({ label, href }, index) => (
            <span key={href}>
              {index === 0 ? '' : ' · '}
              <a href={href}>{label}</a>
            </span>
          ))}
        </p>
      )}
    </>
  );

const Item = ({
  item: { tone, title, href, detail, since, amount, actions },
  site,
}: {
  item: WorkItem;
  site: Site;
}) => (
  <li className={tone}>
    <div>
      <p>
        <a href={href}>
          <bdi>{title}</bdi>
        </a>
      </p>
      <p>
        {detail}
        {since === null ? null : (
          <>
            {' Since '}
            <Near at={since} site={site} />.
          </>
        )}
      </p>
    </div>
    <strong className="num">{amount && moneyInWords(amount)}</strong>
    <div className="actions">
      {actions.map((action) => (
        <a key={action.label} className="btn tiny" href={action.href} aria-label={`${action.label}: ${title}`}>
          {action.label}
        </a>
      ))}
    </div>
  </li>
);
