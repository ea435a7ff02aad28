import type { Scoped } from '../account-scope.ts';
import type { Contact } from '../entities/contact.ts';
import type { ConsentSource } from '../entities/consent.ts';
import type { Form } from '../entities/form.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { OptIn } from '../../workflows/domain/marketing.ts';
import { run, sql } from '../sql.ts';
import { changeMarketing } from './change-marketing.ts';
import { lockContact, type Guess } from './contacts.ts';
import { queueOptIn } from './login-links.ts';

/** `mayMail`: whether the address may be mailed a link now. `realNow`: by which links are paced. */
type Asked = { mayMail: boolean; now: Instant; realNow: Instant };

export type Submission = Asked & { form: Form; email: string; name: string | null; language?: Guess };

/**
 * Makes or updates the contact of an address that was typed into a form, in this transaction; the
 * email that asks it to confirm, or null [R3.6, R3.8]. Nothing of a customer is changed by what a
 * stranger may have typed.
 */
export async function submitForm(tx: Scoped, submission: Submission): Promise<string | null> {
  const { form, email, name, language, now } = submission;
  const contact = await lockContact(tx, { accountId: form.accountId, email, name, language, now });
  if (contact.customerSince === null) contact.name ??= name;
  await run(tx, sql`update forms set submissions = submissions + 1 where id = ${form.id}`);
  const { id: formId, wording, optIn } = form;
  return subscribe(tx, contact, { ...submission, formId, wording, optIn, source: 'form' });
}

/** Whoever asks on their page of preferences, by the link of an old email; their row is locked. */
export const subscribeAgain = (
  tx: Scoped,
  contact: Contact,
  asked: Asked & { wording: string },
): Promise<string | null> => subscribe(tx, contact, { ...asked, formId: null, optIn: 'double', source: 'link' });

/** Whoever set the box beside what they are about to buy, which is a form of one wording. */
export const subscribeAtCheckout = (
  tx: Scoped,
  contact: Contact,
  asked: Asked & { wording: string },
): Promise<string | null> => subscribe(tx, contact, { ...asked, formId: null, optIn: 'single', source: 'checkout' });

type Consenting = Asked & { formId: string | null; wording: string; optIn: OptIn; source: ConsentSource };

async function subscribe(tx: Scoped, contact: Contact, consenting: Consenting): Promise<string | null> {
  const { mayMail, now, realNow, formId, wording, optIn, source } = consenting;
  const actor = { kind: 'customer', id: contact.id } as const;
  const given = { change: { kind: 'form', optIn }, source, actor, now, wording, formId } as const;
  const decision = await changeMarketing(tx, contact, given);
  const asks = decision.kind === 'decided' && decision.asksToConfirm;
  return asks && mayMail ? queueOptIn(tx, contact.id, realNow, { formId, wording }) : null;
}
