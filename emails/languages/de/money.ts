import type { CHARGE_AHEAD_ENTRIES } from '../../entries/charges-ahead.ts';
import type { MONEY_ENTRIES } from '../../entries/money.ts';
import type { PLAN_ENTRIES } from '../../entries/plans.ts';
import type { Translations } from '../translation.ts';
import { LOG_IN, mayCancel, RECEIPT, UPDATE_CARD } from './manage.ts';

const BANKS = 'Banken brauchen 5 bis 10 Tage, bis sie eine Erstattung anzeigen.';

export const MONEY: Translations<typeof MONEY_ENTRIES & typeof PLAN_ENTRIES & typeof CHARGE_AHEAD_ENTRIES> = {
  'payment-receipt': {
    subject: 'Beleg für {{offerName}}',
    preview: 'Wir haben {{amount}} für {{offerName}} erhalten.',
    heading: '{{amount}}',
    body: ['Gezahlt am {{paidAt}}. Vielen Dank.', '{{instalment}}', '{{facts}}', '{{isLast}}'],
    facts: {
      amount: 'Insgesamt gezahlt',
      period: 'Zeitraum',
      card: 'Karte',
      receiptNumber: 'Belegnummer',
      nextCharge: 'Nächste Zahlung',
    },
    says: { mayCancel, isLast: { when: 'Es ist keine weitere Zahlung fällig.', otherwise: '' } },
    file: RECEIPT,
  },
  'refund-receipt': {
    subject: 'Erstattung für {{offerName}}',
    preview: '{{amount}} sind auf dem Weg zu Ihnen.',
    heading: 'Ihre Erstattung',
    body: ['{{status}}', '{{facts}}'],
    facts: {
      offerName: 'Angebot',
      amount: 'Erstattet',
      refundedAt: 'Erstattet am',
      payment: 'Aus Ihrer Zahlung',
    },
    file: 'Gutschrift als PDF',
    says: {
      status: {
        succeeded: `Wir haben Ihnen Ihr Geld erstattet. ${BANKS}`,
        pending: 'Ihre Erstattung ist unterwegs. Ihre Bank muss sie noch bestätigen.',
      },
    },
  },
  'refund-failed': {
    subject: 'Ihre Erstattung für {{offerName}} ist nicht angekommen',
    preview: '{{amount}} konnten Ihnen nicht zurückgezahlt werden.',
    heading: 'Ihre Erstattung ist nicht angekommen',
    body: [
      'Ihre Bank hat die angekündigte Erstattung nicht angenommen, zum Beispiel weil die Karte nicht mehr besteht. ' +
        'Wir wissen davon und melden uns bei Ihnen oder versuchen es erneut. Sie müssen nichts tun.',
      '{{facts}}',
    ],
    facts: {
      offerName: 'Angebot',
      amount: 'Nicht erstattet',
      failedAt: 'Gescheitert am',
      payment: 'Aus Ihrer Zahlung',
    },
  },
  'money-back': {
    subject: 'Ihr Geld zurück für {{offerName}}',
    preview: '{{totalRefunded}} sind auf dem Weg zu Ihnen.',
    heading: 'Sie erhalten Ihr Geld zurück',
    body: [
      `Wir haben Ihnen Ihre Zahlungen erstattet. {{offerName}} ist beendet, und es wird nichts mehr berechnet. ${BANKS}`,
      '{{facts}}',
    ],
    facts: {
      offerName: 'Angebot',
      totalRefunded: 'Insgesamt erstattet',
      refundedPayments: 'Gezahlt am',
      endedAt: 'Beendet am',
    },
  },
  'duplicate-purchase-refunded': {
    subject: 'Ihr Kauf von {{offerName}} wurde erstattet',
    preview: '{{amountRefunded}} sind auf dem Weg zu Ihnen.',
    heading: 'Ihr Kauf von {{offerName}} wurde erstattet',
    body: ['{{why}}', '{{facts}}', '{{action}}'],
    facts: { offerName: 'Angebot', amountRefunded: 'Erstattet', refundedAt: 'Erstattet am' },
    button: LOG_IN,
    says: {
      why: {
        second:
          'Sie haben ein zweites Mal dafür bezahlt. Wir haben den zweiten Kauf storniert und vollständig erstattet. ' +
          'Ihr erster läuft weiter wie bisher.',
        requirement_ended:
          'Es setzt ein anderes Angebot voraus, das Sie bei der Zahlung nicht mehr hatten. Wir haben diesen Kauf ' +
          'storniert und vollständig erstattet.',
      },
    },
  },
  'plan-completed': {
    subject: '{{offerName}} ist vollständig bezahlt',
    preview: 'Alle {{payments}} Raten sind gezahlt. Es wird nichts mehr berechnet.',
    heading: '{{offerName}} ist vollständig bezahlt',
    body: ['Vielen Dank. {{paidBy}}, und es wird nichts mehr berechnet. {{access}}', '{{facts}}'],
    facts: { offerName: 'Angebot', paid: 'Letzte Zahlung', completedAt: 'Vollständig bezahlt am' },
    file: RECEIPT,
    says: {
      paidBy: {
        last_payment: 'Das war die letzte Ihrer {{payments}} Raten',
        all_at_once: 'Sie haben den Rest Ihrer {{payments}} Raten auf einmal bezahlt',
      },
      access: { limited: 'Sie behalten Ihren Zugang bis zum {{accessEndsOn}}.', kept: 'Sie behalten Ihren Zugang.' },
    },
  },
  'upcoming-payment': {
    subject: 'Ihre nächste Zahlung für {{offerName}} am {{chargeAt}}',
    preview: 'Wir buchen {{amount}} ab.',
    heading: 'Ihre nächste Zahlung',
    body: [
      'Am {{chargeAt}} buchen wir {{amount}} für {{offerName}} ab. Sie müssen nichts tun, es sei denn, Ihre Karte hat sich geändert:',
      '{{action}}',
      '{{facts}}',
    ],
    facts: { offerName: 'Angebot', amount: 'Betrag', chargeAt: 'Abgebucht am', card: 'Karte' },
    button: UPDATE_CARD,
    says: { mayCancel },
  },
  'trial-ending': {
    subject: 'Ihre Testphase von {{offerName}} endet am {{trialEndsAt}}',
    preview: '{{whatComes}}',
    heading: 'Ihre Testphase endet bald',
    body: ['Ihre Testphase endet am {{trialEndsAt}}. {{whatComes}}', '{{facts}}', '{{action}}'],
    facts: { offerName: 'Angebot', trialEndsAt: 'Testphase endet', amount: 'Erste Zahlung', card: 'Karte' },
    button: UPDATE_CARD,
    says: {
      mayCancel,
      whatComes: {
        when: 'Ohne vorherige Kündigung läuft {{offerName}} weiter, und wir buchen dann {{amount}} ab.',
        otherwise: '{{offerName}} läuft dann weiter, und für den ersten Zeitraum wird nichts berechnet.',
      },
    },
  },
};
