import type { ReactNode } from 'react';
import type { BlockSource } from '../../../../workflows/domain/access.ts';
import type { Instant } from '../../../../workflows/domain/instant.ts';
import { inSite, type Site } from '../../page.ts';
import { Day } from '../../parts/when.tsx';
import { Support } from './trouble.tsx';

type Way = { purchaseId: string; startsAt: Instant | null; resumeAt: Instant | null };
type Props = { block: { source: BlockSource; since: Instant }; way: Way; site: Site };

/** Why a product is closed, since when, and what opens it again. Who decided it is not shown. */
const REASONS: Record<BlockSource, (props: Props) => ReactNode> = {
  not_started: ({ way, site }) => (
    <>
      It opens on <Day at={way.startsAt} site={site} none="a date that is not set yet" />.
    </>
  ),
  revoked: ({ block, site }) => (
    <>
      Access was ended by the site on <Day at={block.since} site={site} />. Questions? <Support site={site} />
    </>
  ),
  suspended_by_pause: ({ block, way, site }) => (
    <>
      Closed while your subscription is paused, since <Day at={block.since} site={site} />
      {way.resumeAt === null ? null : (
        <>
          {' '}
          and until <Day at={way.resumeAt} site={site} />
        </>
      )}
      .
      {way.resumeAt === null ? (
        <>
          {' '}
          To go on, write to <Support site={site} />.
        </>
      ) : null}
    </>
  ),
  suspended_by_overdue: ({ block, way, site }) => (
    <>
      Closed since <Day at={block.since} site={site} />, because a payment did not go through.{' '}
      <a href={inSite(site, `/billing/update-card?purchase=${way.purchaseId}`)}>Update your card</a> to open it again.
    </>
  ),
  expired: ({ block, site }) => (
    <>
      Your access expired on <Day at={block.since} site={site} />. To get it back, write to <Support site={site} />.
    </>
  ),
  ended: ({ block, site }) => (
    <>
      Access ended with your subscription on <Day at={block.since} site={site} />. Your progress is kept. To come back,
      write to <Support site={site} />.
    </>
  ),
};

export const BlockReason = (props: Props) => <span className="reason">{REASONS[props.block.source](props)}</span>;
