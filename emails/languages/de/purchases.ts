import type { PURCHASE_ENTRIES } from '../../entries/purchases.ts';
import type { Translations } from '../translation.ts';
import { LOG_IN, mayCancel, NO_DATE, NONE, RECEIPT } from './manage.ts';

export const PURCHASES: Translations<typeof PURCHASE_ENTRIES> = {
  'purchase-confirmation': {
    subject: '{{begun}}',
    preview: '{{offerName}} gehört Ihnen. So erhalten Sie Zugang.',
    heading: '{{welcome}}',
    body: ['{{thanks}}', '{{action}}', '{{facts}}', '{{instalment}}', '{{isUnpaid}}'],
    facts: {
      products: 'Enthalten',
      paid: 'Insgesamt gezahlt',
      paidAt: 'Gezahlt am',
      period: 'Zeitraum',
      card: 'Karte',
      receiptNumber: 'Belegnummer',
      trialEndsAt: 'Testphase endet',
      nextCharge: 'Nächste Zahlung',
      accessEndsAt: 'Zugang bis',
    },
    button: LOG_IN,
    file: RECEIPT,
    says: {
      mayCancel,
      isUnpaid: { when: 'Heute wurde nichts berechnet.', otherwise: '' },
      begun: {
        trial: 'Ihre Testphase von {{trialDays}} Tagen hat begonnen',
        purchase: 'Ihr Kauf von {{offerName}}',
      },
      welcome: {
        trial: 'Ihre {{trialDays}}-tägige Testphase von {{offerName}} hat begonnen',
        purchase: 'Herzlichen Glückwunsch, {{offerName}} gehört Ihnen',
      },
      thanks: {
        trial: 'Ab heute steht Ihnen alles offen. Melden Sie sich an, um zu beginnen:',
        purchase: 'Vielen Dank für Ihren Kauf. Melden Sie sich an, um zu beginnen:',
      },
    },
  },
  'offer-grant-confirmation': {
    subject: 'Sie haben {{offerName}} erhalten',
    preview: '{{siteName}} hat Ihnen {{offerName}} geschenkt.',
    heading: 'Sie haben {{offerName}} erhalten',
    body: ['{{siteName}} hat Ihnen kostenlos Zugang gegeben.', '{{facts}}', '{{action}}'],
    facts: {
      offerName: 'Angebot',
      products: 'Enthalten',
      accessStartsAt: 'Zugang ab',
      accessEndsAt: 'Zugang bis',
    },
    button: LOG_IN,
  },
  'purchase-paused': {
    subject: '{{offerName}} ist pausiert',
    preview: 'Die Zahlungen für {{offerName}} ruhen.',
    heading: '{{offerName}} ist pausiert',
    body: ['Während der Pause wird nichts berechnet. {{accessSuspended}}', '{{facts}}'],
    facts: { offerName: 'Angebot', pausedAt: 'Pausiert am', resumeAt: 'Läuft weiter' },
    says: {
      mayCancel,
      resumeAt: NO_DATE,
      accessSuspended: { when: 'Ihr Zugang ruht, bis es weiterläuft.', otherwise: 'Ihr Zugang bleibt bestehen.' },
    },
  },
  'purchase-resumed': {
    subject: '{{offerName}} läuft weiter',
    preview: '{{offerName}} läuft weiter.',
    heading: '{{offerName}} läuft weiter',
    body: ['Für die Zeit der Pause wird nichts berechnet.', '{{facts}}'],
    facts: { offerName: 'Angebot', resumedAt: 'Läuft weiter seit', nextCharge: 'Nächste Zahlung' },
    says: { mayCancel, nextCharge: NONE },
  },
  'resume-date-changed': {
    subject: 'Neues Ende der Pause von {{offerName}}',
    preview: 'Die Pause von {{offerName}} endet nun an einem anderen Tag.',
    heading: 'Das Ende Ihrer Pause hat sich geändert',
    body: ['{{hasDate}}', '{{facts}}'],
    facts: { offerName: 'Angebot', previousResumeAt: 'Bisher', resumeAt: 'Läuft weiter' },
    says: {
      previousResumeAt: NO_DATE,
      resumeAt: NO_DATE,
      hasDate: {
        when: '{{offerName}} bleibt bis zum neuen Datum pausiert und läuft dann von selbst weiter.',
        otherwise: '{{offerName}} bleibt pausiert, bis die Pause beendet wird.',
      },
    },
  },
  'cancellation-scheduled': {
    subject: '{{offerName}} ist gekündigt',
    preview: '{{offerName}} endet am {{cancelAt}}.',
    heading: '{{offerName}} ist gekündigt',
    body: ['Bis dahin behalten Sie Ihren Zugang.', '{{facts}}'],
    facts: { offerName: 'Angebot', cancelAt: 'Endet am', nextCharge: 'Nächste Zahlung' },
    says: { nextCharge: NONE },
  },
  'cancellation-undone': {
    subject: '{{offerName}} wird nicht beendet',
    preview: '{{offerName}} läuft weiter wie bisher.',
    heading: '{{offerName}} läuft weiter',
    body: ['Die Kündigung ist zurückgenommen. Jetzt wird nichts berechnet.', '{{facts}}'],
    facts: { offerName: 'Angebot', nextCharge: 'Nächste Zahlung' },
    says: { mayCancel, nextCharge: NONE },
  },
  'purchase-canceled': {
    subject: '{{offerName}} ist beendet',
    preview: '{{offerName}} ist beendet.',
    heading: '{{offerName}} ist beendet',
    body: [
      '{{isUnpaid}} {{requirementEnded}} Es wird nichts mehr berechnet. {{access}}',
      '{{facts}}',
      'Ihr Fortschritt bleibt erhalten. Wenn Sie zurückkommen möchten, kaufen Sie das Angebot erneut.',
    ],
    facts: { offerName: 'Angebot', endedAt: 'Beendet am', declineMessage: 'Grund' },
    says: {
      isUnpaid: {
        when: 'Der letzte Versuch, Ihre Zahlung einzuziehen, ist gescheitert, und es gibt keinen weiteren.',
        otherwise: '',
      },
      requirementEnded: { when: 'Es setzt einen anderen Kauf von Ihnen voraus, und der ist beendet.', otherwise: '' },
      access: {
        ended: 'Ihr Zugang endete am {{endedOn}}.',
        limited: 'Sie behalten Ihren Zugang bis zum {{accessEndsOn}}.',
        kept: 'Sie behalten Ihren Zugang.',
      },
    },
  },
};
