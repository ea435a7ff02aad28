import type { CALL_ENTRIES } from '../../entries/calls.ts';
import type { CREDIT_ENTRIES } from '../../entries/credits.ts';
import type { Translations } from '../translation.ts';
import { LOG_IN } from './manage.ts';

const WHEN = { startsAt: 'Von', endsAt: 'Bis' };
const WITH_EXPERT = { expertName: 'Mit', offerName: 'Angebot', ...WHEN };
const WITH_BOOKER = { booker: 'Mit', offerName: 'Angebot', ...WHEN };
const JOIN = 'Teilnehmen';
const YOUR_CALLS = 'Ihre Gespräche und freien Zeiten';

const ADD = 'Öffnen Sie die angehängte Datei, um den Termin in Ihren Kalender einzutragen.';
const MOVE = 'Öffnen Sie die angehängte Datei, um den Termin auch in Ihrem Kalender zu verschieben.';
const REMOVE = 'Öffnen Sie die angehängte Datei, um den Termin aus Ihrem Kalender zu entfernen.';

export const CALLS: Translations<typeof CALL_ENTRIES & typeof CREDIT_ENTRIES> = {
  'call-booked': {
    subject: 'Ihr Gespräch mit {{expertName}}',
    preview: 'Ihr Gespräch ist gebucht.',
    heading: 'Ihr Gespräch ist gebucht',
    body: [ADD, '{{facts}}', '{{action}}'],
    facts: WITH_EXPERT,
    button: JOIN,
  },
  'call-moved': {
    subject: 'Ihr Gespräch mit {{expertName}} hat einen neuen Termin',
    preview: 'Ihr Gespräch wurde verschoben.',
    heading: 'Ihr Gespräch wurde verschoben',
    body: [MOVE, '{{facts}}', '{{action}}'],
    facts: { ...WITH_EXPERT, previousStartsAt: 'Bisher' },
    button: JOIN,
  },
  'call-canceled': {
    subject: 'Ihr Gespräch mit {{expertName}} ist abgesagt',
    preview: 'Ihr Gespräch findet nicht statt.',
    heading: 'Ihr Gespräch ist abgesagt',
    body: ['{{credit}}', REMOVE, '{{facts}}'],
    facts: WITH_EXPERT,
    says: {
      credit: {
        returned: 'Sie haben den Gutschein dafür zurück.',
        spent: 'Es wurde weniger als 24 Stunden vor Beginn abgesagt, daher ist der Gutschein dafür verbraucht.',
        expired: 'Der Gutschein dafür ist inzwischen abgelaufen.',
        none: '',
      },
    },
  },
  'call-reminder': {
    subject: 'Bald: Ihr Gespräch mit {{expertName}}',
    preview: 'Ihr Gespräch steht bevor.',
    heading: 'Ihr Gespräch steht bevor',
    body: ['{{facts}}', '{{action}}'],
    facts: WITH_EXPERT,
    button: JOIN,
  },
  'seat-booked': {
    subject: 'Ihr Platz in der Sprechstunde mit {{expertName}}',
    preview: 'Ihr Platz ist gebucht.',
    heading: 'Ihr Platz ist gebucht',
    body: [ADD, '{{facts}}', '{{action}}'],
    facts: WITH_EXPERT,
    button: JOIN,
  },
  'seat-canceled': {
    subject: 'Ihr Platz in der Sprechstunde mit {{expertName}} ist storniert',
    preview: 'Ihr Platz ist freigegeben.',
    heading: 'Ihr Platz ist storniert',
    body: [REMOVE, '{{facts}}'],
    facts: WITH_EXPERT,
  },
  'expert-call-booked': {
    subject: 'Ein Gespräch mit {{booker}}',
    preview: 'Jemand hat ein Gespräch mit Ihnen gebucht.',
    heading: 'Ein Gespräch mit Ihnen wurde gebucht',
    body: [ADD, '{{facts}}', '{{action}}'],
    facts: WITH_BOOKER,
    button: JOIN,
    more: YOUR_CALLS,
  },
  'expert-call-moved': {
    subject: 'Das Gespräch mit {{booker}} hat einen neuen Termin',
    preview: 'Ein Gespräch mit Ihnen wurde verschoben.',
    heading: 'Ein Gespräch mit Ihnen wurde verschoben',
    body: [MOVE, '{{facts}}', '{{action}}'],
    facts: { ...WITH_BOOKER, previousStartsAt: 'Bisher' },
    button: JOIN,
    more: YOUR_CALLS,
  },
  'expert-call-canceled': {
    subject: 'Das Gespräch mit {{booker}} ist abgesagt',
    preview: 'Ein Gespräch mit Ihnen findet nicht statt.',
    heading: 'Ein Gespräch mit Ihnen ist abgesagt',
    body: [REMOVE, '{{facts}}'],
    facts: WITH_BOOKER,
    more: YOUR_CALLS,
  },
  'expert-call-reminder': {
    subject: 'Bald: das Gespräch mit {{booker}}',
    preview: 'Ein Gespräch mit Ihnen steht bevor.',
    heading: 'Ein Gespräch mit Ihnen steht bevor',
    body: ['{{facts}}', '{{action}}'],
    facts: WITH_BOOKER,
    button: JOIN,
    more: YOUR_CALLS,
  },
  'expert-seat-booked': {
    subject: 'Ein Platz in Ihrer Sprechstunde für {{booker}}',
    preview: 'Jemand hat einen Platz gebucht.',
    heading: 'Ein Platz in Ihrer Sprechstunde wurde gebucht',
    body: ['{{facts}}', '{{action}}'],
    facts: WITH_BOOKER,
    button: JOIN,
    more: YOUR_CALLS,
  },
  'expert-seat-canceled': {
    subject: 'Der Platz von {{booker}} ist wieder frei',
    preview: 'Jemand hat einen Platz freigegeben.',
    heading: 'Ein Platz in Ihrer Sprechstunde wurde freigegeben',
    body: ['{{facts}}'],
    facts: WITH_BOOKER,
    more: YOUR_CALLS,
  },
  'credit-issued': {
    subject: 'Neu für Sie in {{offerName}}: {{credits}}',
    preview: 'Buchen Sie Ihr nächstes Gespräch bis zum {{expiresAt}}.',
    heading: 'Neu für Sie: {{credits}}',
    body: ['Buchen Sie ein Gespräch, wann immer es Ihnen passt.', '{{facts}}', '{{action}}'],
    facts: { offerName: 'Angebot', expiresAt: 'Gültig bis', available: 'Verfügbare Gutscheine' },
    button: LOG_IN,
  },
  'credits-expiring': {
    subject: 'Läuft in {{days}} ab: {{credits}} für {{offerName}}',
    preview: 'Buchen Sie ein Gespräch vor dem {{expiresAt}}.',
    heading: 'Läuft in {{days}} ab: {{credits}}',
    body: ['Gutscheine, die Sie bis dahin nicht einlösen, verfallen.', '{{facts}}', '{{action}}'],
    facts: { offerName: 'Angebot', expiresAt: 'Läuft ab' },
    button: LOG_IN,
  },
  'credits-forfeited': {
    subject: 'Nicht mehr gültig: {{credits}} für {{offerName}}',
    preview: 'Sie konnten nicht erhalten bleiben.',
    heading: 'Nicht mehr gültig: {{credits}}',
    body: ['Mit Ihren übrigen Gutscheinen können Sie keine Gespräche mehr buchen.', '{{facts}}'],
    facts: { offerName: 'Angebot', forfeitedAt: 'Seit' },
  },
};
