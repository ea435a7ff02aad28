import type { z } from 'zod';
import type { EmailKind } from '../../emails/catalogue.ts';
import type { Happened, AccountTimeline } from '../../db/purchase/account-timeline.ts';
import type { accountTimelineEntry } from './account-timeline-schema.ts';
import { toApiActor } from './purchase-view.ts';

export function toApiTimelineEntry(
  happened: Happened,
  { entries, purchases }: Pick<AccountTimeline, 'entries' | 'purchases'>,
): z.input<typeof accountTimelineEntry> {
  const purchase = (happened.purchaseId && purchases.get(happened.purchaseId)) || null;
  if ('listed' in happened) {
    const { id, dueAt, kind, state } = happened.listed.email;
    return { kind: 'email', id, at: dueAt, purchase, emailKind: kind as EmailKind, to: happened.listed.to, state };
  }
  const { id, at, type, actor, commandId, data } = happened.entry;
  const reason = (commandId && entries.reasons.get(commandId)) ?? null;
  return { kind: 'entry', id, at, purchase, type, actor: toApiActor(actor, entries.emails), commandId, reason, data };
}
