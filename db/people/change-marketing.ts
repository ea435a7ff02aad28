import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import { decideMarketing, type MarketingChange, type MarketingDecision } from '../../workflows/domain/marketing.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { Consent, type ConsentSource } from '../entities/consent.ts';
import type { Contact } from '../entities/contact.ts';
import { revokeLoginTokens } from './login-tokens.ts';

/** What changes a marketing status, by whom and by what; `wording`: what was agreed to. */
export type GivenChange = {
  change: MarketingChange;
  source: ConsentSource;
  actor: Actor;
  now: Instant;
  wording?: string | null;
  formId?: string | null;
  emailId?: string | null;
};

/**
 * Changes the marketing status of a contact, whose row is locked, and keeps the change as a
 * consent; what neither changes it nor is a consent leaves nothing [R3.4].
 */
export async function changeMarketing(
  tx: EntityManager,
  contact: Contact,
  given: GivenChange,
): Promise<MarketingDecision> {
  const now = marketingOf(contact);
  const decision = decideMarketing(now, given.change);
  if (decision.kind === 'refused') return decision;
  if (decision.voidsLinks) await revokeLoginTokens(tx, contact.id, 'confirm_opt_in');
  const { status, reason } = decision.marketing;
  const isConsent = given.change.kind === 'form' || given.change.kind === 'confirmed';
  if (!isConsent && status === now.status) return decision;
  contact.marketingStatus = status;
  contact.unsubscribedReason = reason;
  tx.create(Consent, {
    id: uuid(),
    accountId: contact.accountId,
    contactId: contact.id,
    kind: given.change.kind,
    fromStatus: now.status,
    fromReason: now.reason,
    toStatus: status,
    toReason: reason,
    source: given.source,
    formId: given.formId ?? null,
    emailId: given.emailId ?? null,
    wording: given.wording ?? null,
    email: contact.email,
    at: given.now,
    actor: given.actor,
  });
  await tx.flush();
  return decision;
}

const marketingOf = ({ marketingStatus: status, unsubscribedReason: reason }: Contact) => ({ status, reason });

/** So many of a contact's consents are shown. */
const MOST = 100;

export const newestConsents = (em: EntityManager, contactId: string): Promise<Consent[]> =>
  em.find(Consent, { contactId }, { orderBy: { at: 'desc', id: 'desc' }, limit: MOST });
