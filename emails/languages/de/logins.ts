import type { LOGIN_ENTRIES } from '../../entries/logins.ts';
import type { MARKETING_ENTRIES } from '../../entries/marketing.ts';
import type { Translations } from '../translation.ts';
import { LOG_IN } from './manage.ts';

const NOT_ASKED_FOR = 'Wenn Sie das nicht angefordert haben, können Sie diese E-Mail ignorieren.';
const NOTHING_BOUGHT = 'Wenn Sie das nicht waren, können Sie diese E-Mail ignorieren: Es wurde nichts gekauft.';
const ONCE = 'Der Link gilt einmal, bis';

export const LOGINS: Translations<typeof LOGIN_ENTRIES & typeof MARKETING_ENTRIES> = {
  'member-welcome': {
    subject: 'Willkommen bei {{siteName}}: Legen Sie Ihr Passwort fest',
    preview: 'Legen Sie Ihr Passwort fest, um Zugang zu erhalten.',
    heading: 'Willkommen bei {{siteName}}',
    body: ['Ihr Zugang ist bereit. Wählen Sie ein Passwort, um zu beginnen:', '{{action}}', '{{facts}}'],
    facts: { loginEmail: 'Anmeldename', expiresAt: ONCE, loginUrl: 'Danach melden Sie sich hier an' },
    button: 'Passwort festlegen',
  },
  'login-link': {
    subject: 'Ihr Link zur Anmeldung bei {{siteName}}',
    preview: 'Ihr Link zur Anmeldung.',
    heading: 'Anmelden bei {{siteName}}',
    body: [
      'Sie haben einen Link zur Anmeldung angefordert. Geben Sie ihn an niemanden weiter.',
      '{{action}}',
      '{{facts}}',
      NOT_ASKED_FOR,
    ],
    facts: { expiresAt: ONCE },
    button: LOG_IN,
  },
  'password-reset': {
    subject: 'Legen Sie ein neues Passwort für {{siteName}} fest',
    preview: 'Ihr Link zum Festlegen eines neuen Passworts.',
    heading: 'Neues Passwort festlegen',
    body: [
      'Sie haben einen Link angefordert, um ein neues Passwort festzulegen. Bis dahin gilt Ihr bisheriges.',
      '{{action}}',
      '{{facts}}',
      NOT_ASKED_FOR,
    ],
    facts: { expiresAt: ONCE },
    button: 'Neues Passwort festlegen',
  },
  'free-offer-link': {
    subject: 'Bestätigen Sie, dass Sie {{offerName}} möchten',
    preview: 'Noch ein Schritt, und {{offerName}} gehört Ihnen.',
    heading: '{{offerName}} erhalten',
    body: [
      'Mit dieser Adresse wurde {{offerName}} angefordert. Es ist kostenlos; bestätigen Sie, dass Sie es waren, und es gehört Ihnen.',
      '{{action}}',
      '{{facts}}',
      NOT_ASKED_FOR,
    ],
    facts: { expiresAt: ONCE },
    button: 'Jetzt erhalten',
  },
  'already-live': {
    subject: 'Sie haben {{offerName}} bereits',
    preview: 'Sie haben {{offerName}} bereits.',
    heading: 'Sie haben {{offerName}} bereits',
    body: [
      'Mit dieser Adresse wurde versucht, {{offerName}} zu kaufen. {{standing}}',
      '{{isInstead}}',
      '{{action}}',
      '{{facts}}',
      NOTHING_BOUGHT,
    ],
    facts: { expiresAt: ONCE, updateCardUrl: 'Danach aktualisieren Sie Ihre Karte hier' },
    says: {
      standing: {
        running: 'Es läuft, Sie brauchen also nichts zu kaufen. Melden Sie sich an, um es zu nutzen.',
        yours: 'Es gehört Ihnen, Sie brauchen also nichts zu kaufen. Melden Sie sich an, um es zu nutzen.',
        paused: 'Es ist pausiert, Sie brauchen also nichts zu kaufen. Melden Sie sich an, um zu sehen, bis wann.',
        past_due:
          'Es gehört Ihnen, aber eine Zahlung ist überfällig. Aktualisieren Sie Ihre Karte, um sie zu begleichen; Sie brauchen es nicht noch einmal zu kaufen.',
      },
      isInstead: {
        when: 'Davon können Sie immer nur eines haben: Wechseln Sie zu {{instead}}, statt es zu kaufen.',
        otherwise: '',
      },
      isOverdue: { when: 'Anmelden und Karte aktualisieren', otherwise: LOG_IN },
    },
  },
  'requirement-missing': {
    subject: '{{offerName}} setzt etwas anderes voraus',
    preview: 'Was Sie brauchen, bevor Sie {{offerName}} kaufen können.',
    heading: '{{offerName}} setzt etwas anderes voraus',
    body: [
      'Mit dieser Adresse wurde versucht, {{offerName}} zu kaufen. {{isHalting}}',
      '{{facts}}',
      '{{action}}',
      NOTHING_BOUGHT,
    ],
    facts: { required: 'Vorausgesetzt wird' },
    button: LOG_IN,
    says: {
      isHalting: {
        when: 'Ihres ist überfällig, pausiert oder endet bald. Melden Sie sich an, um es in Ordnung zu bringen, und kaufen Sie dann {{offerName}}.',
        otherwise: 'Sobald Sie eines davon haben, können Sie {{offerName}} kaufen.',
      },
    },
  },
  'promotion-code-refused': {
    subject: 'Der Code {{code}} kann nicht eingelöst werden',
    preview: 'Sie können {{offerName}} ohne ihn kaufen.',
    heading: 'Der Code {{code}} kann nicht eingelöst werden',
    body: [
      'Mit dieser Adresse und dem Code {{code}} wurde versucht, {{offerName}} zu kaufen. {{why}}',
      '{{facts}}',
      '{{action}}',
      NOTHING_BOUGHT,
    ],
    facts: { offerUrl: 'Ohne den Code kaufen Sie hier' },
    button: 'Ohne den Code fortfahren',
    says: {
      why: {
        promotion_code_used_by_contact: 'Jede Person kann diesen Code einmal einlösen, und Sie haben ihn eingelöst.',
        promotion_code_first_purchase_only: 'Dieser Code gilt für den ersten Kauf, und Sie haben hier bereits gekauft.',
        promotion_code_refused: 'Dieser Code kann mit dieser Adresse nicht eingelöst werden.',
      },
    },
  },
  'double-opt-in': {
    subject: 'Bestätigen Sie Ihre Anmeldung zu Neuigkeiten von {{siteName}}',
    preview: 'Noch ein Schritt, und Sie sind angemeldet.',
    heading: 'Bestätigen Sie Ihre Anmeldung',
    body: [
      'Mit dieser Adresse wurden Neuigkeiten von {{siteName}} bestellt. Wenn Sie das waren, bestätigen Sie es:',
      '{{action}}',
      '{{facts}}',
      'Wenn Sie das nicht waren, können Sie diese E-Mail ignorieren: Ohne die Bestätigung sind Sie nicht angemeldet.',
    ],
    facts: { wording: 'Sie stimmen zu', expiresAt: ONCE },
    button: 'Bestätigen',
  },
  'checkout-recovery': {
    subject: '{{offerName}} wartet noch auf Sie',
    preview: 'Machen Sie dort weiter, wo Sie aufgehört haben.',
    heading: 'Sie sind noch nicht fertig',
    body: [
      'Sie haben begonnen, {{offerName}} zu kaufen, und den Kauf nicht abgeschlossen. Wenn Sie möchten, machen Sie dort weiter, wo Sie aufgehört haben:',
      '{{action}}',
      '{{facts}}',
    ],
    facts: { offerName: 'Angebot', expiresAt: 'Der Link gilt bis' },
    button: 'Weiter',
  },
  broadcast: {
    subject: 'Neues von {{siteName}}',
    preview: 'Was es bei {{siteName}} Neues gibt.',
    heading: 'Neues von {{siteName}}',
    body: ['Das gibt es Neues:', '{{action}}'],
    facts: {},
    button: 'Weiterlesen',
  },
};
