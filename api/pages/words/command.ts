import {
  BOOKING_VERB_NAMES,
  DECISION_NAMES,
  SYSTEM_VERB_NAMES,
  VERB_NAMES,
  type CommandName,
  type VerbName,
} from '../../../workflows/domain/verb.ts';
import { SHOWN_VERBS } from '../verbs/index.ts';

/** Commands that are no verbs people ask for. */
const OTHER_COMMANDS = {
  grant: 'Grant',
  'take-free': 'Taking of a free offer',
  'end-billing': 'End of billing at Stripe',
  'end-dependent': 'End with what it requires',
  'return-duplicate': 'Return of a purchase that slipped through',
  'set-plan-end': 'Setting the end of a payment plan at Stripe',
  'void-open-invoices': 'Voiding of unpaid invoices',
  'request-cancellation': 'Request to cancel',
  'withdraw-cancellation-request': 'Withdrawal of a request to cancel',
  'decline-cancellation-request': 'Decline of a request to cancel',
  'book-call': 'Book a call',
  'move-call': 'Move a call',
  'cancel-call': 'Cancel a call',
  'end-call': 'Mark a call',
  'book-seat': 'Book a seat',
  'cancel-seat': 'Cancel a seat',
  'release-change': 'Release of a schedule at Stripe',
  retry: 'Try again',
  abandon: 'Give up',
} satisfies Record<Exclude<CommandName, VerbName>, string>;

export const isVerb = (name: CommandName): name is VerbName => VERB_NAMES.some((one) => one === name);

/** Anything that can be asked of a purchase, the system's own commands too. */
export const commandInWords = (name: CommandName): string =>
  isVerb(name) ? SHOWN_VERBS[name].word : OTHER_COMMANDS[name];

/** Every command, to choose one from. */
export const COMMAND_OPTIONS = [...VERB_NAMES, ...SYSTEM_VERB_NAMES, ...BOOKING_VERB_NAMES, ...DECISION_NAMES].map(
  (value) => ({
    value,
    label: commandInWords(value),
  }),
);
