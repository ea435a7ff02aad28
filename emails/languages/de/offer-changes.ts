import type { OFFER_CHANGE_ENTRIES } from '../../entries/offer-changes.ts';
import type { REQUEST_ENTRIES } from '../../entries/requests.ts';
import type { Translations } from '../translation.ts';
import { LOG_IN, NONE } from './manage.ts';

export const OFFER_CHANGES: Translations<typeof OFFER_CHANGE_ENTRIES & typeof REQUEST_ENTRIES> = {
  'offer-change-scheduled': {
    subject: '{{offerName}} wird zu {{newOfferName}}',
    preview: 'Ihr Wechsel zu {{newOfferName}} ist für den {{changesAt}} geplant.',
    heading: '{{offerName}} wird zu {{newOfferName}}',
    body: ['Bis dahin ändert sich nichts, und jetzt wird nichts berechnet.', '{{facts}}'],
    facts: { offerName: 'Jetzt', newOfferName: 'Danach', changesAt: 'Wechsel', nextCharge: 'Nächste Zahlung' },
    says: { nextCharge: NONE },
  },
  'offer-change-undone': {
    subject: '{{offerName}} bleibt, wie es ist',
    preview: '{{offerName}} wird nicht zu {{newOfferName}}.',
    heading: '{{offerName}} bleibt, wie es ist',
    body: ['Es wird doch nicht zu {{newOfferName}}. Jetzt wird nichts berechnet.', '{{facts}}'],
    facts: { offerName: 'Angebot', nextCharge: 'Nächste Zahlung' },
    says: { nextCharge: NONE },
  },
  'higher-plan-stays': {
    subject: '{{offerName}} bleibt vorerst',
    preview: 'Es konnte noch nicht zu {{newOfferName}} werden.',
    heading: '{{offerName}} bleibt vorerst',
    body: [
      'Ihr Konto hat mehr, als in {{newOfferName}} Platz hat, und es ist noch nicht bestätigt, was Sie behalten. Daher lief {{offerName}} weiter und wurde berechnet.',
      'Nennen Sie uns, was Sie behalten möchten, und wir bestätigen es. Der Wechsel erfolgt dann zum Ende des nächsten Zeitraums.',
      '{{facts}}',
    ],
    facts: { offerName: 'Jetzt', newOfferName: 'Geplant', changesAt: 'Wechsel' },
  },
  'offer-changed': {
    subject: 'Aus {{previousOfferName}} ist {{offerName}} geworden',
    preview: 'Sie haben jetzt {{offerName}}.',
    heading: 'Aus {{previousOfferName}} ist {{offerName}} geworden',
    body: ['Ihr Fortschritt bleibt erhalten.', '{{facts}}', '{{action}}'],
    facts: {
      previousOfferName: 'Bisher',
      offerName: 'Jetzt',
      products: 'Enthalten',
      changedAt: 'Gewechselt am',
      nextCharge: 'Nächste Zahlung',
    },
    button: LOG_IN,
    says: { nextCharge: NONE },
  },
  'cancellation-requested': {
    subject: 'Ihre Anfrage, {{offerName}} zu kündigen',
    preview: '{{siteName}} hat Ihre Anfrage erhalten.',
    heading: 'Wir haben Ihre Anfrage erhalten',
    body: [
      'Sie möchten {{offerName}} kündigen. {{refundWanted}}',
      'Bis {{siteName}} entschieden hat, ändert sich nichts; dann erhalten Sie eine weitere E-Mail. Bis dahin können Sie die Anfrage zurückziehen.',
      '{{facts}}',
      '{{action}}',
    ],
    facts: { offerName: 'Angebot' },
    button: 'Anfrage ansehen',
    says: { refundWanted: { when: 'Sie möchten auch Ihr Geld zurück.', otherwise: '' } },
  },
  'cancellation-request-declined': {
    subject: 'Ihre Anfrage, {{offerName}} zu kündigen, wurde abgelehnt',
    preview: '{{offerName}} läuft weiter.',
    heading: 'Ihre Anfrage wurde abgelehnt',
    body: [
      '{{siteName}} hat Ihre Anfrage abgelehnt, {{offerName}} zu kündigen. Es läuft weiter wie bisher.',
      '{{facts}}',
    ],
    facts: { reason: 'Grund', nextCharge: 'Nächste Zahlung' },
    says: { nextCharge: NONE },
  },
};
