import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { Consent } from '../../db/entities/consent.ts';
import type { Contact } from '../../db/entities/contact.ts';
import type { LanguageCode } from '../../emails/languages/codes.ts';
import { actorEmails, type ActorEmails } from '../../db/people/actor-emails.ts';
import { fieldsOfAccount, valuesOf } from '../../db/people/contact-fields.ts';
import { tagsOf } from '../../db/people/contact-tags.ts';
import { erasureOf } from '../../db/people/erasures.ts';
import { mergeOf } from '../../db/people/merges.ts';
import { newestConsents } from '../../db/people/change-marketing.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { contactInFull } from './contact-schema.ts';

export const toApiContact = (contact: Contact) => ({
  id: contact.id,
  email: contact.email,
  name: contact.name,
  isCustomer: contact.customerSince !== null,
  customerSince: contact.customerSince,
  marketingStatus: contact.marketingStatus,
  unsubscribedReason: contact.unsubscribedReason,
  isTest: contact.isTest,
  createdAt: contact.createdAt,
});

export async function toApiContactInFull(em: Scoped, contact: Contact): Promise<z.input<typeof contactInFull>> {
  const consents = await newestConsents(em, contact.id);
  const emails = await actorEmails(
    em,
    consents.map(({ actor }) => actor),
  );
  const tags = await tagsOf(em, contact.id);
  const fields = valuesOf(contact, await fieldsOfAccount(em));
  const [erasure, merge] = [await erasureOf(em, contact.id), await mergeOf(em, contact.id)];
  return {
    ...toApiContact(contact),
    language: contact.language as LanguageCode | null,
    tags,
    fields,
    consents: consents.map((consent) => toApiConsent(consent, emails)),
    merge: merge && {
      state: merge.state,
      intoContactId: merge.intoContactId,
      jobId: merge.jobId,
      askedAt: merge.createdAt,
    },
    erasure: erasure && { state: erasure.state, jobId: erasure.jobId, askedAt: erasure.createdAt },
  };
}

const toApiConsent = (consent: Consent, emails: ActorEmails) => ({
  id: consent.id,
  kind: consent.kind,
  from: { status: consent.fromStatus, reason: consent.fromReason },
  to: { status: consent.toStatus, reason: consent.toReason },
  source: consent.source,
  formId: consent.formId,
  wording: consent.wording,
  email: consent.email,
  at: consent.at,
  by: toApiActor(consent.actor, emails),
});
