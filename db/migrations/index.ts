import { Lifecycle } from './0001-lifecycle.ts';
import { LoginTries } from './0002-login-tries.ts';
import { MailPace } from './0003-mail-pace.ts';
import { Attentions } from './0004-attentions.ts';
import { StripeObjects } from './0010-stripe-objects.ts';
import { KeysOfCallers } from './0020-keys-of-callers.ts';
import { Sessions } from './0030-sessions.ts';
import { ApiKeys } from './0040-api-keys.ts';
import { WorkerJobs } from './0050-worker-jobs.ts';
import { ContactsAtStripe } from './0080-contacts-at-stripe.ts';
import { FieldWords } from './0090-field-words.ts';
import { EmailsOfRecords } from './0100-emails-of-records.ts';
import { HeardAt } from './0110-heard-at.ts';
import { ContactCounts } from './0120-contact-counts.ts';
import { InboxEnded } from './0121-inbox-ended.ts';
import { PaymentStates } from './0130-payment-states.ts';
import { PaymentCards } from './0131-payment-cards.ts';
import { FreeOffers } from './0210-free-offers.ts';
import { AccessSpans } from './0220-access-spans.ts';
import { OffersThatDepend } from './0250-offers-that-depend.ts';
import { CancellationRequests } from './0251-cancellation-requests.ts';
import { Sites } from './0260-sites.ts';

/** In the order in which they run; only ever added to. */
export const migrations = [
  { name: '0001-lifecycle', class: Lifecycle },
  { name: '0002-login-tries', class: LoginTries },
  { name: '0003-mail-pace', class: MailPace },
  { name: '0004-attentions', class: Attentions },
  { name: '0010-stripe-objects', class: StripeObjects },
  { name: '0020-keys-of-callers', class: KeysOfCallers },
  { name: '0030-sessions', class: Sessions },
  { name: '0040-api-keys', class: ApiKeys },
  { name: '0050-worker-jobs', class: WorkerJobs },
  { name: '0080-contacts-at-stripe', class: ContactsAtStripe },
  { name: '0090-field-words', class: FieldWords },
  { name: '0100-emails-of-records', class: EmailsOfRecords },
  { name: '0110-heard-at', class: HeardAt },
  { name: '0120-contact-counts', class: ContactCounts },
  { name: '0121-inbox-ended', class: InboxEnded },
  { name: '0130-payment-states', class: PaymentStates },
  { name: '0131-payment-cards', class: PaymentCards },
  { name: '0210-free-offers', class: FreeOffers },
  { name: '0220-access-spans', class: AccessSpans },
  { name: '0250-offers-that-depend', class: OffersThatDepend },
  { name: '0251-cancellation-requests', class: CancellationRequests },
  { name: '0260-sites', class: Sites },
];
