import type { ReactNode } from 'react';
import type { Role, VerbName } from '../../../../workflows/domain/verb.ts';
import type { FormState, FormTexts } from '../../form.ts';
import type { Site } from '../../page.ts';
import { AccessStartFields, CancelFields, PauseFields, ProductFields, ResumeDateFields } from './verb-fields.tsx';
import { leftOf, MoneyBackFields, RefundFields } from '../money/money-fields.tsx';
import type { Purchase } from './read-purchase.ts';
import { toWallClock } from '../../form.ts';

export type FieldsProps = { purchase: Purchase; site: Site; role: Role | null; form: FormState };

/** A verb as people meet it: what it means, what it asks for, and the button that does it. */
type VerbForm = {
  /** What it does, in a sentence or two. */
  intro: string;
  /** Inputs named as the API's body has them; all verbs ask for a reason besides. */
  fields?: (props: FieldsProps) => ReactNode;
  /** What the form holds before anybody types: the first preview is of this. */
  initial?: (purchase: Purchase, site: Site, query: Record<string, string>) => FormTexts;
  button: string | ((body: Record<string, unknown>) => string);
  isDangerous?: (body: Record<string, unknown>) => boolean;
  /** In place of "Nobody is told", where that is not known beforehand. */
  nobodyTold?: string;
  done: string;
};

const productsOf = (purchase: Purchase, isRevoked: boolean): string[] =>
  purchase.products
    .filter(({ blocks }) => blocks.some(({ source }) => source === 'revoked') === isRevoked)
    .map(({ productId }) => productId);

/** The form of every verb; a verb without its form here does not compile. */
export const VERB_FORMS = {
  pause: {
    intro: 'Suspends future payments. Nothing is charged, and nothing counts as failed, until it is resumed.',
    fields: PauseFields,
    initial: () => ({ 'resumeAt@instant?': [''], access: ['keep'] }),
    button: 'Pause now',
    done: 'The purchase is paused.',
  },
  resume: {
    intro: 'Payments go on at the next regular date. Nothing is charged for the time of the pause.',
    button: 'Resume now',
    done: 'The purchase is resumed.',
  },
  'change-resume-date': {
    intro: 'Moves the date at which the pause ends by itself, or clears it.',
    fields: ResumeDateFields,
    initial: ({ billing }, { timeZone }) => {
      const resumeAt = billing?.pause?.resumeAt;
      return { 'resumeAt@instant?': [resumeAt ? toWallClock(resumeAt, timeZone) : ''] };
    },
    button: 'Change resume date now',
    done: 'The resume date is changed.',
  },
  cancel: {
    intro: 'Ends future payments and access. Once the end has come it is final: to come back, the customer buys again.',
    fields: CancelFields,
    initial: () => ({ when: ['period_end'], 'cancelAt@instant': [''] }),
    button: ({ when }) => CANCEL_BUTTONS[String(when)] ?? 'Cancel',
    isDangerous: ({ when }) => when === 'now',
    done: 'The cancellation is made.',
  },
  'undo-cancel': {
    intro: 'Takes the pending cancellation back. Payments go on as before; nothing is charged now.',
    button: 'Undo cancellation now',
    done: 'The cancellation is undone.',
  },
  revoke: {
    intro: 'Closes products at once, while billing goes on. Nobody is told.',
    fields: (props) => <ProductFields {...props} ids={productsOf(props.purchase, false)} />,
    initial: (purchase) => ({ 'productIds@list': productsOf(purchase, false) }),
    button: 'Revoke access now',
    isDangerous: () => true,
    done: 'Access is revoked.',
  },
  restore: {
    intro: 'Opens revoked products again. Other reasons why they are closed stay. Nobody is told.',
    fields: (props) => <ProductFields {...props} ids={productsOf(props.purchase, true)} />,
    initial: (purchase) => ({ 'productIds@list': productsOf(purchase, true) }),
    button: 'Restore access now',
    done: 'Access is restored.',
  },
  refund: {
    intro: 'Gives money back. By itself it neither cancels nor closes anything.',
    fields: RefundFields,
    initial: ({ payments }, _site, { paymentId }) => {
      const first = payments.filter((payment) => leftOf(payment) > 0 && payment.disputedAt === null).at(-1);
      return { paymentId: [paymentId ?? first?.id ?? ''], billing: ['keep'], access: ['keep'] };
    },
    button: 'Refund now',
    isDangerous: ({ billing, access }) => billing === 'cancel_now' || access === 'revoke',
    done: 'The refund is made.',
  },
  'money-back': {
    intro: 'Refunds every payment of the refund window, cancels now and ends access.',
    fields: MoneyBackFields,
    initial: () => ({ 'override@flag': [''] }),
    button: 'Give money back now',
    isDangerous: () => true,
    done: 'The money is given back, and the purchase is canceled.',
  },
  'retry-payment': {
    intro: 'Asks Stripe to try the overdue payment now.',
    button: 'Retry payment now',
    nobodyTold: 'It depends on how the try ends.',
    done: 'Stripe has tried the payment; its outcome follows in the timeline.',
  },
  'access-start': {
    intro: 'Moves the start of access. Days of access are counted anew from there; billing stays as it is.',
    fields: AccessStartFields,
    initial: ({ accessPeriod, now }, { timeZone }) => ({
      'startsAt@instant': [toWallClock(accessPeriod?.startsAt ?? now, timeZone)],
    }),
    button: 'Set access start now',
    done: 'The start of access is changed.',
  },
} satisfies Record<VerbName, VerbForm> as Record<VerbName, VerbForm>;

const CANCEL_BUTTONS: Record<string, string> = {
  now: 'Cancel now',
  period_end: 'Cancel at the end of the period',
  at: 'Cancel on that date',
};
