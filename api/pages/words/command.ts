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
  'take-free': 'Take a free offer',
  'end-billing': 'End billing at Stripe',
  'end-dependent': 'End with a required purchase',
  'end-disputed': 'End with a disputed payment',
  'return-duplicate': 'Send back a purchase that slipped through',
  'retry-new-card': 'Try a new card',
  'set-plan-end': 'Set the end of a payment plan at Stripe',
  'void-open-invoices': 'Void unpaid invoices',
  'request-cancellation': 'Ask to cancel',
  'withdraw-cancellation-request': 'Withdraw a request to cancel',
  'decline-cancellation-request': 'Decline a request to cancel',
  'book-call': 'Book a call',
  'move-call': 'Move a call',
  'cancel-call': 'Cancel a call',
  'end-call': 'Mark a call as held or missed',
  'book-seat': 'Book a seat',
  'cancel-seat': 'Cancel a seat',
  'release-change': 'Release a schedule at Stripe',
  'apply-code': 'Put a code on it',
  'change-contact': 'Hand over to the new owner',
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
