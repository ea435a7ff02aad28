import type { NOTICE_ENTRIES } from '../../entries/notices.ts';
import type { Translations } from '../translation.ts';
import { NO_DATE, NONE } from './manage.ts';

const nextCharge = NONE;
const NEXT = { nextCharge: 'Nächste Zahlung' };

/** What admins are told of the purchases of their account. */
export const NOTICES: Translations<typeof NOTICE_ENTRIES> = {
  'admin-purchase-paused': {
    ...notice('Kauf pausiert', { resumeAt: 'Läuft weiter', accessSuspended: 'Zugang' }),
    says: { resumeAt: NO_DATE, accessSuspended: { when: 'ruht bis zum Ende der Pause', otherwise: 'unverändert' } },
  },
  'admin-purchase-resumed': { ...notice('Kauf läuft weiter', NEXT), says: { nextCharge } },
  'admin-resume-date-changed': {
    ...notice('Ende der Pause geändert', { previousResumeAt: 'Bisher', resumeAt: 'Läuft weiter' }),
    says: { previousResumeAt: NO_DATE, resumeAt: NO_DATE },
  },
  'admin-cancellation-scheduled': notice('Kauf gekündigt', {
    cancelAt: 'Endet am',
    customerReason: 'Warum',
    feedback: 'Rückmeldung',
  }),
  'admin-cancellation-requested': {
    ...notice('Kündigung angefragt', { refundWanted: 'Geld zurück' }),
    says: { refundWanted: { when: 'gewünscht', otherwise: 'nicht verlangt' } },
  },
  'admin-cancellation-request-withdrawn': notice('Anfrage zur Kündigung zurückgezogen', {}),
  'admin-cancellation-request-declined': notice('Anfrage zur Kündigung abgelehnt', {}),
  'admin-cancellation-undone': { ...notice('Kündigung zurückgenommen', NEXT), says: { nextCharge } },
  'admin-offer-change-scheduled': notice('Wechsel des Angebots geplant', {
    newOfferName: 'Wird zu',
    changesAt: 'Wechsel',
  }),
  'admin-offer-change-undone': notice('Wechsel des Angebots zurückgenommen', { newOfferName: 'Wird nicht zu' }),
  'admin-higher-plan-stays': notice('Höherer Tarif bleibt, da nicht bestätigt ist, was behalten wird', {
    newOfferName: 'Geplant',
    changesAt: 'Wechsel',
  }),
  'admin-offer-changed': {
    ...notice('Angebot gewechselt', { previousOfferName: 'Bisher', ...NEXT }),
    says: { nextCharge },
  },
  'admin-purchase-canceled': {
    ...notice('Kauf beendet', { cause: 'Beendet', feedback: 'Rückmeldung' }),
    says: {
      cause: {
        voluntary: 'durch die Kundin oder den Kunden',
        internal: 'durch das Team',
        api: 'über die API',
        delinquent: 'weil Zahlungen immer wieder scheiterten',
        automation: 'durch eine Automatisierung',
        bulk: 'durch eine Massenaktion',
        external: 'bei Stripe',
        refund: 'mit einer Erstattung',
        requirement_ended: 'weil beendet ist, was es voraussetzt',
      },
    },
  },
  'admin-refund': {
    ...notice('Zahlung erstattet', { amount: 'Erstattet', status: 'Stand' }),
    says: { status: { succeeded: '', pending: 'bei der Bank in Bearbeitung' } },
  },
  'admin-refund-failed': notice('Erstattung gescheitert', { amount: 'Nicht erstattet', failureReason: 'Grund' }),
  'admin-payment-failed': {
    ...notice('Zahlung gescheitert', {
      amount: 'Offener Betrag',
      failureReason: 'Grund',
      nextTryAt: 'Nächster Versuch',
    }),
    says: { nextTryAt: 'keiner, das war der letzte Versuch' },
  },
  'admin-money-back': notice('Geld zurück', {
    totalRefunded: 'Insgesamt erstattet',
    refundedPayments: 'Gezahlt am',
  }),
  'admin-dispute': {
    ...notice('Zahlung angefochten', {
      amount: 'Angefochten',
      state: 'Stand',
      disputeReason: 'Grund',
      respondBy: 'Antwort bei Stripe bis',
    }),
    says: {
      state: {
        inquiry: 'eine Rückfrage: Noch wurde nichts eingezogen, und eine Erstattung erledigt sie',
        open: 'die Bank hält das Geld zurück',
        lost: 'verloren: Die Kundin oder der Kunde behält das Geld',
      },
    },
  },
  'admin-duplicate-purchase': {
    ...notice('Kauf zurückgegeben', { amountRefunded: 'Erstattet', why: 'Grund' }),
    says: {
      why: {
        second: 'die Kundin oder der Kunde hat es bereits',
        requirement_ended: 'bei der Zahlung fehlte, was es voraussetzt',
      },
    },
  },
};

/** One page for all notices, with the lines that are particular to each. */
function notice<const Lines extends Record<string, string>>(heading: string, lines: Lines) {
  return {
    subject: `${heading}: {{offerName}}, {{customer}}`,
    preview: '{{customer}}, {{offerName}}',
    heading,
    body: ['{{facts}}', '{{action}}'],
    facts: {
      customer: 'Kundin oder Kunde',
      offerName: 'Angebot',
      ...lines,
      at: 'Wann',
      actor: 'Durch',
      reason: 'Begründung',
    },
    button: 'Kauf öffnen',
  };
}
