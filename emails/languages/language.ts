import type { Actor } from '../../workflows/domain/verb.ts';
import type { DECLINES } from '../words/decline.ts';
import type { DISPUTES } from '../words/dispute.ts';
import type { METHODS } from '../words/card.ts';

/** By what the language does with numbers; a language without a form of its own uses `other`. */
export type Counted = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** What is said in emails beside the words of their entries, as texts with variables in them. */
export type Language = {
  /** What it calls itself. */
  name: string;
  /** For Intl, and what HTML says of it. */
  locale: string;
  frame: {
    /** `{{name}}` */
    greeting: string;
    /** `{{address}}` */
    questions: string;
    /** `{{siteName}}` */
    subscribed: string;
    unsubscribe: string;
    /** `{{zone}}` */
    zone: string;
  };
  forms: {
    /** `{{amount}}`, `{{day}}` */
    charge: string;
    /** `{{from}}`, `{{to}}` */
    period: string;
    /** `{{amount}}`, `{{day}}` */
    payment: string;
  };
  /** `{{count}}` */
  counts: { credits: Counted; days: Counted };
  card: {
    /** `{{name}}`, `{{last4}}` */
    ending: string;
    /** What no brand is known of. */
    unknown: string;
    /** What Stripe calls a kind of it, where that is no name of a company. */
    methods: Record<keyof typeof METHODS, string>;
  };
  payment: {
    fee: string;
    /** `{{first}}`, `{{of}}` */
    instalment: string;
    /** `{{first}}`, `{{last}}`, `{{of}}` */
    instalments: string;
  };
  /** Who did something, where no name is known. */
  actors: Record<Actor['kind'], string>;
  /** Somebody whose address is not known any more. */
  erased: string;
  /** Why a payment failed, by Stripe's code. */
  declines: Record<keyof typeof DECLINES, string>;
  /** Where the code has no words. */
  declined: string;
  /** Why a payment is disputed, by Stripe's reason. */
  disputes: Record<keyof typeof DISPUTES, string>;
  /** Where a reason stands that is not told to us. */
  seeStripe: string;
  /** `{{expert}}`, `{{name}}` */
  call: string;
  /** `{{expert}}` */
  officeHours: string;
};
