import type { z } from 'zod';
import type { EmailState } from '../../../../db/entities/email.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import type { contactNoteRoutes } from '../../../people/contact-notes.ts';
import type { ApiSuppression } from '../../../mail/suppression-schema.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { accessSchema, contactInFull } from '../../../people/contact-schema.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import type { FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import type { contactSessionRoutes } from '../../../people/contact-sessions.ts';
import type { ApiLoginHelp } from '../../../people/login-help-schema.ts';
import type { ContactField } from './contact-fields.tsx';
import type { PaymentsOfContact } from '../money/contact-payments.tsx';

/** A form on the page: what was typed, and what the API said to it. */
export type Tried = { form: FormState; problem: ProblemBody | null };

export type ContactSession = z.output<(typeof contactSessionRoutes.list.answers)[200]>['data'][number];

/** Everything that there is to say of a person; null = not for this role. */
export type ContactShown = {
  site: Site;
  contact: z.output<typeof contactInFull>;
  access: z.output<typeof accessSchema>[];
  purchases: z.output<typeof purchaseSummarySchema>[] | null;
  payments: PaymentsOfContact | null;
  mayRefund: boolean;
  sent: Sent[] | null;
  suppression: ApiSuppression | null;
  offers: z.output<typeof offerSchema>[];
  /** Which fields the account defines. */
  fields: ContactField[];
  mayEdit: boolean;
  notes: z.output<(typeof contactNoteRoutes.listNotes.answers)[200]>['data'] | null;
  /** Why they cannot log in, and where they are. */
  help: ApiLoginHelp | null;
  sessions: ContactSession[] | null;
  notice: string | undefined;
} & ContactForms;

/**
 * The page's forms; `subscribe` is about marketing email, `login` about logging in, `note` and
 * `tag` also take away.
 */
export type ContactForms = Record<'change' | 'grant' | 'subscribe' | 'tag' | 'note' | 'login', Tried>;

/** An email to the person, as the list of emails has it. */
export type Sent = {
  id: string;
  kind: string;
  subject: string | null;
  state: EmailState;
  dueAt: string;
  reason: string | null;
};
