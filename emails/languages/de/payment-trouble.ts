import type { PAYMENT_TROUBLE_ENTRIES } from '../../entries/payment-trouble.ts';
import type { Translations } from '../translation.ts';
import { UPDATE_CARD } from './manage.ts';

export const PAYMENT_TROUBLE: Translations<typeof PAYMENT_TROUBLE_ENTRIES> = {
  'payment-failed': {
    subject: 'Zahlung für {{offerName}} gescheitert: Bitte aktualisieren Sie Ihre Karte',
    preview: 'Wir konnten {{amount}} für {{offerName}} nicht abbuchen.',
    heading: 'Ihre Zahlung ist gescheitert',
    body: ['{{whatToDo}}', '{{action}}', '{{facts}}'],
    facts: {
      offerName: 'Angebot',
      amount: 'Offener Betrag',
      failedAt: 'Versucht am',
      declineMessage: 'Grund',
      attempt: 'Versuch',
      nextTryAt: 'Nächster Versuch',
    },
    button: UPDATE_CARD,
    says: {
      nextTryAt: 'keiner, das war der letzte Versuch',
      whatToDo: {
        when: 'Diese Karte kann nicht mehr belastet werden. Bitte geben Sie eine andere an; mit ihr wird es sofort versucht:',
        otherwise: 'Bitte prüfen Sie Ihre Karte oder geben Sie eine andere an:',
      },
    },
  },
  'payment-last-warning': {
    subject: 'Ihr Zugang zu {{offerName}} endet am {{accessEndsAt}}',
    preview: '{{amount}} sind noch nicht bezahlt.',
    heading: 'Ihr Zugang endet bald',
    body: ['Eine Zahlung für {{offerName}} steht noch aus. {{end}}', '{{action}}', '{{facts}}'],
    facts: { offerName: 'Angebot', amount: 'Offener Betrag', accessEndsAt: 'Zugang endet' },
    button: UPDATE_CARD,
    says: {
      end: {
        suspended:
          'Wird sie nicht vorher bezahlt, schließt sich Ihr Zugang. Er öffnet sich wieder, sobald sie bezahlt ist.',
        canceled:
          'Dann wird es zum letzten Mal versucht. Scheitert auch das, wird {{offerName}} beendet, und Ihr Zugang endet.',
      },
    },
  },
  'card-expiring': {
    subject: 'Ihre Karte läuft Ende {{expires}} ab',
    preview: 'Mit ihr bezahlen Sie {{offerName}}.',
    heading: 'Ihre Karte läuft bald ab',
    body: [
      'Die Karte, mit der Sie {{offerName}} bezahlen, gilt bis Ende {{expires}}. Wenn Ihre Bank Ihnen eine neue geschickt hat, tragen Sie diese bitte ein, damit Ihre Zahlungen ohne Unterbrechung weitergehen:',
      '{{action}}',
      '{{facts}}',
    ],
    facts: { offerName: 'Angebot', expires: 'Gültig bis Ende', nextCharge: 'Nächste Zahlung' },
    button: UPDATE_CARD,
  },
  'payment-action-required': {
    subject: 'Bestätigen Sie Ihre Zahlung für {{offerName}}',
    preview: 'Ihre Bank bittet Sie, eine Zahlung für {{offerName}} zu bestätigen.',
    heading: 'Bestätigen Sie Ihre Zahlung',
    body: [
      'Ihre Bank möchte sicher sein, dass Sie es sind. Die Zahlung wird ausgeführt, sobald Sie sie bestätigen:',
      '{{action}}',
      '{{facts}}',
    ],
    facts: { offerName: 'Angebot', amount: 'Betrag' },
    button: 'Zahlung bestätigen',
  },
};
