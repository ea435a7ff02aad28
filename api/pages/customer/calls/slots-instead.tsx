import type { ReactNode } from 'react';
import type { ProblemCode } from '../../../http/problem-codes.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { slotRoutes } from '../../../credits/slots.ts';
import { addressWith } from '../../parts/list.tsx';
import { inSite, siteOf, type PageCall, type Site } from '../../page.ts';
import { Notice } from '../../parts/notice.tsx';
import { WeekdayAndHour } from '../../parts/when.tsx';

/** How many are offered in place of one that is gone. */
const MOST = 5;

const GONE: Partial<Record<ProblemCode, string>> = {
  slot_taken: 'Somebody else has just booked that time.',
  slot_closed: 'That time is no longer free.',
  instant_past: 'That time has passed.',
};

type Gone = {
  problem: ProblemBody;
  here: Site;
  purchaseId: string;
  expertId: string | null;
  /** To all times. */
  back: string;
};

/** Why a slot cannot be had, and the next ones; null = it was refused for another reason. */
export async function nextSlots(call: PageCall, { problem, here, back, ...asked }: Gone): Promise<ReactNode> {
  const why = GONE[problem.code];
  if (why === undefined) return null;
  const wanted = call.query.startsAt ?? here.now;
  const from = wanted > here.now ? wanted : here.now;
  const query = { purchaseId: asked.purchaseId, expertId: asked.expertId ?? '', from };
  const { data } = await call.api.read(slotRoutes.listMine, { query });
  const starts = [...new Set(data.map(({ startsAt }) => startsAt))].slice(0, MOST);
  const path = call.params.callId === undefined ? '/calls/book' : `/calls/${call.params.callId}/move`;
  return (
    <section className="lone">
      <h1>That time is gone</h1>
      <Notice tone="warn">{why} Nothing is booked.</Notice>
      {starts.length === 0 ? null : <h2>The next free times</h2>}
      <ul className="stack">
        {starts.map((startsAt) => (
          <li key={startsAt}>
            <a className="btn" href={addressWith(inSite(siteOf(call), path), call.query, { startsAt })}>
              <WeekdayAndHour at={startsAt} site={here} />
            </a>
          </li>
        ))}
      </ul>
      <p>
        <a href={back}>All times</a>
      </p>
    </section>
  );
}
