import type { ACCOUNT_ENTRIES } from '../../entries/accounts.ts';
import type { ADD_ON_ENTRIES } from '../../entries/add-on.ts';
import type { Translations } from '../translation.ts';

const ONCE = 'Der Link gilt einmal, bis';
const SIGN_IN_AT = 'Danach melden Sie sich hier an';
const CONFIRM = 'Bestätigen und Passwort wählen';
const CONFIRM_ADDRESS = 'Bestätigen Sie Ihre Adresse und wählen Sie ein Passwort.';

export const ACCOUNTS: Translations<typeof ACCOUNT_ENTRIES & typeof ADD_ON_ENTRIES> = {
  'admin-plan-limit': {
    subject: '{{siteName}}: {{used}} von {{limit}} {{quota}}',
    preview: 'Nichts ist gesperrt.',
    heading: '{{used}} von {{limit}} {{quota}}',
    body: [
      '{{siteName}} hat {{used}} {{quota}}; der Tarif umfasst {{limit}}. {{level}}',
      'Nichts wird dadurch gesperrt: Kaufen und Anmelden gehen weiter wie bisher.',
      '{{action}}',
      '{{facts}}',
    ],
    facts: {},
    button: 'Tarife ansehen',
    says: {
      quota: { contacts: 'Kontakte', activeCustomers: 'aktive Kundinnen und Kunden' },
      level: {
        near: 'Das sind 80 % oder mehr von dem, was der Tarif umfasst.',
        over: 'Das ist mehr, als der Tarif umfasst; wir melden uns bei Ihnen wegen eines größeren.',
      },
    },
  },
  'admin-invitation': {
    subject: 'Sie sind eingeladen, {{siteName}} mitzuverwalten',
    preview: CONFIRM_ADDRESS,
    heading: '{{siteName}} mitverwalten',
    body: [
      'Sie wurden eingeladen, {{siteName}} mitzuverwalten. Bestätigen Sie, dass dies Ihre Adresse ist, und wählen Sie ein Passwort:',
      '{{action}}',
      '{{facts}}',
      'Wenn Sie nicht wissen, worum es geht, können Sie diese E-Mail ignorieren: Ohne Sie geschieht nichts.',
    ],
    facts: {
      invitedBy: 'Eingeladen von',
      role: 'Sie kümmern sich um',
      expiresAt: ONCE,
      signInUrl: SIGN_IN_AT,
    },
    button: CONFIRM,
    says: {
      role: {
        owner: 'Alles.',
        administrator: 'Alles außer der Verbindung zu Stripe und API-Schlüsseln.',
        assistant: 'Produkte, Angebote und wozu Menschen Zugang haben.',
        support: 'Menschen und ihren Zugang.',
        operator: 'Jedes Konto der Plattform.',
      },
    },
  },
  'admin-confirmation': {
    subject: '{{siteName}} ist bereit: Bestätigen Sie Ihre Adresse',
    preview: CONFIRM_ADDRESS,
    heading: '{{siteName}} ist bereit',
    body: [
      'Ihr Konto {{siteName}} ist angelegt. Bestätigen Sie, dass dies Ihre Adresse ist, und wählen Sie ein Passwort:',
      '{{action}}',
      '{{facts}}',
    ],
    facts: { planName: 'Ihr Tarif', expiresAt: ONCE, signInUrl: SIGN_IN_AT },
    button: CONFIRM,
  },
  'admin-password-reset': {
    subject: 'Wählen Sie ein anderes Passwort für {{siteName}}',
    preview: 'Der Link gilt einmal.',
    heading: 'Wählen Sie ein anderes Passwort',
    body: [
      'Jemand, vermutlich Sie selbst, hat ein anderes Passwort für die Anmeldung bei {{siteName}} verlangt:',
      '{{action}}',
      '{{facts}}',
      'Wenn Sie es nicht waren, können Sie diese E-Mail ignorieren: Ihr Passwort bleibt, wie es ist.',
    ],
    facts: { expiresAt: ONCE },
    button: 'Anderes Passwort wählen',
  },
  'admin-security-changed': {
    subject: 'Ihre Anmeldung bei {{siteName}} hat sich geändert',
    preview: '{{change}}',
    heading: 'Ihre Anmeldung hat sich geändert',
    body: [
      '{{change}}',
      '{{facts}}',
      'Wenn weder Sie noch wer das Konto besitzt das war, wählen Sie sofort ein anderes Passwort und sagen Sie es dort.',
      '{{action}}',
    ],
    facts: { passkeyName: 'Ihr Passkey', at: 'Wann', by: 'Durch', reason: 'Grund' },
    button: 'Anmelden',
    says: {
      change: {
        password_changed: 'Ihr Passwort wurde geändert.',
        app_added: 'Eine App, die Codes anzeigt, wurde als Ihr zweiter Faktor eingerichtet.',
        app_removed: 'Die App, die Codes anzeigt, ist nicht mehr Ihr zweiter Faktor.',
        recovery_codes_made: 'Neue Wiederherstellungscodes wurden erstellt. Die bisherigen gelten nicht mehr.',
        recovery_code_used: 'Mit einem Wiederherstellungscode hat sich jemand angemeldet. Er gilt nicht mehr.',
        passkey_added: 'Ein Passkey wurde hinzugefügt, mit dem Sie sich anmelden.',
        passkey_removed: 'Ein Passkey wurde entfernt. Er gilt nicht mehr.',
        second_factor_reset:
          'Ihr zweiter Faktor wurde entfernt. Sie melden sich mit dem Passwort an und richten einen neuen ein.',
      },
    },
  },
  'admin-access-not-begun': {
    subject: 'Access für {{siteName}} hat nicht begonnen',
    preview: 'Ihr Tarif läuft. Access wurde nicht bezahlt.',
    heading: 'Access hat nicht begonnen',
    body: [
      'Sie haben Access zusammen mit Ihrem Tarif bestellt. Der Tarif läuft, aber für Access wurde die Karte nicht belastet, daher hat es nicht begonnen. Sie können es jetzt hinzufügen:',
      '{{action}}',
      '{{facts}}',
    ],
    facts: {},
    button: 'Access hinzufügen',
  },
  'add-on-welcome': {
    subject: 'Willkommen bei {{offerName}}',
    preview: 'Ihr Konto hat es ab sofort.',
    heading: 'Willkommen bei {{offerName}}',
    body: [
      'Ihr Konto hat es ab sofort: größere Kontingente, mehr Funktionen, Sprechstunden und Gespräche mit unseren Fachleuten. Alle in Ihrem Team können sie buchen.',
      '{{facts}}',
      '{{action}}',
    ],
    facts: { offerName: 'Angebot', creditsPerYear: 'Gesprächsgutscheine im Jahr' },
    button: 'Ansehen, was Sie haben',
  },
  'add-on-removal-received': {
    subject: 'Ihre Anfrage, {{offerName}} zu entfernen',
    preview: '{{siteName}} hat Ihre Anfrage erhalten.',
    heading: 'Wir haben Ihre Anfrage erhalten',
    body: [
      'Sie möchten {{offerName}} aus Ihrem Konto entfernen. {{refundWanted}}',
      'Bis wir es entfernt haben, ändert sich nichts; dann erhalten Sie eine weitere E-Mail. Bis dahin können Sie Ihre Gutscheine einlösen und die Anfrage zurückziehen.',
      '{{facts}}',
      '{{action}}',
    ],
    facts: { offerName: 'Angebot' },
    button: 'Anfrage ansehen',
    says: { refundWanted: { when: 'Sie möchten auch Ihr Geld zurück.', otherwise: '' } },
  },
  'add-on-removed': {
    subject: '{{offerName}} ist aus Ihrem Konto entfernt',
    preview: 'Ihr Tarif läuft ohne es weiter.',
    heading: '{{offerName}} ist entfernt',
    body: [
      'Ihr Tarif läuft ohne es weiter. Übrige Gesprächsgutscheine sind verfallen, und gebuchte Gespräche sind abgesagt. Was archiviert wurde, kommt zurück, wenn Sie es wieder hinzufügen.',
      '{{facts}}',
      '{{action}}',
    ],
    facts: { offerName: 'Angebot', endedAt: 'Entfernt' },
    button: 'Konto ansehen',
  },
};
