import { CUSTOMER, OF_A_PURCHASE, type Entries } from './entry.ts';
import type { Variables } from './variable.ts';

const TIME = { startsAt: 'instant', endsAt: 'instant' } as const satisfies Variables;

const CANCELED_CALL = { ...CUSTOMER, expertName: 'text', ...TIME } as const satisfies Variables;
const OF_A_CALL = { ...CANCELED_CALL, meetingUrl: 'url' } as const satisfies Variables;

/** To the expert, in the expert's own zone. */
const TO_EXPERT = {
  about: 'purchase',
  to: 'expert',
  offBy: 'account',
  oneTimeLink: null,
  isWelcome: false,
  more: { label: 'Your calls and time off', url: 'pageUrl' },
} as const;

const CANCELED_BOOKING = { booker: 'person', offerName: 'text', pageUrl: 'url', ...TIME } as const satisfies Variables;
const OF_A_BOOKING = { ...CANCELED_BOOKING, meetingUrl: 'url' } as const satisfies Variables;

const WHEN = [
  ['From', 'startsAt'],
  ['To', 'endsAt'],
] as const;
const WITH_EXPERT = [['With', 'expertName'], ['Offer', 'offerName'], ...WHEN] as const;
const WITH_BOOKER = [['With', 'booker'], ['Offer', 'offerName'], ...WHEN] as const;
const JOIN = { label: 'Join', url: 'meetingUrl' } as const;

const CREDIT = {
  choose: {
    returned: 'You have its credit back.',
    spent: 'It was canceled less than 24 hours before it began, so its credit is spent.',
    expired: 'Its credit has expired in the meantime.',
    none: '',
  },
} as const;

/** What is told of calls and seats, to whoever booked and to the expert [R19.5, R19.6]. */
export const CALL_ENTRIES = {
  'call-booked': {
    ...OF_A_PURCHASE,
    name: 'Call booked',
    calendar: 'REQUEST',
    variables: OF_A_CALL,
    text: {
      subject: 'Your call with {{expertName}}',
      preview: 'Your call is booked.',
      heading: 'Your call is booked',
      body: ['Open the attached file to add it to your calendar.', '{{facts}}', '{{action}}'],
    },
    facts: WITH_EXPERT,
    action: JOIN,
  },
  'call-moved': {
    ...OF_A_PURCHASE,
    name: 'Call moved',
    calendar: 'REQUEST',
    variables: { ...OF_A_CALL, previousStartsAt: 'instant?' },
    text: {
      subject: 'Your call with {{expertName}} has a new time',
      preview: 'Your call has been moved.',
      heading: 'Your call has been moved',
      body: ['Open the attached file to move it in your calendar as well.', '{{facts}}', '{{action}}'],
    },
    facts: [...WITH_EXPERT, ['Before', 'previousStartsAt']],
    action: JOIN,
  },
  'call-canceled': {
    ...OF_A_PURCHASE,
    name: 'Call canceled',
    calendar: 'CANCEL',
    variables: { ...CANCELED_CALL, credit: CREDIT },
    text: {
      subject: 'Your call with {{expertName}} is canceled',
      preview: 'Your call will not take place.',
      heading: 'Your call is canceled',
      body: ['{{credit}}', 'Open the attached file to remove it from your calendar.', '{{facts}}'],
    },
    facts: WITH_EXPERT,
  },
  'call-reminder': {
    ...OF_A_PURCHASE,
    name: 'Reminder of a call',
    calendar: 'REQUEST',
    variables: OF_A_CALL,
    text: {
      subject: 'Soon: your call with {{expertName}}',
      preview: 'Your call is coming up.',
      heading: 'Your call is coming up',
      body: ['{{facts}}', '{{action}}'],
    },
    facts: WITH_EXPERT,
    action: JOIN,
  },
  'seat-booked': {
    ...OF_A_PURCHASE,
    name: 'Seat in office hours booked',
    calendar: 'REQUEST',
    variables: OF_A_CALL,
    text: {
      subject: 'Your seat in office hours with {{expertName}}',
      preview: 'Your seat is booked.',
      heading: 'Your seat is booked',
      body: ['Open the attached file to add it to your calendar.', '{{facts}}', '{{action}}'],
    },
    facts: WITH_EXPERT,
    action: JOIN,
  },
  'seat-canceled': {
    ...OF_A_PURCHASE,
    name: 'Seat in office hours canceled',
    calendar: 'CANCEL',
    variables: CANCELED_CALL,
    text: {
      subject: 'Your seat in office hours with {{expertName}} is canceled',
      preview: 'Your seat has been given up.',
      heading: 'Your seat is canceled',
      body: ['Open the attached file to remove it from your calendar.', '{{facts}}'],
    },
    facts: WITH_EXPERT,
  },
  'expert-call-booked': {
    ...TO_EXPERT,
    name: 'Call booked, to the expert',
    calendar: 'REQUEST',
    variables: OF_A_BOOKING,
    text: {
      subject: 'A call with {{booker}}',
      preview: 'Somebody has booked a call with you.',
      heading: 'A call was booked with you',
      body: ['Open the attached file to add it to your calendar.', '{{facts}}', '{{action}}'],
    },
    facts: WITH_BOOKER,
    action: JOIN,
  },
  'expert-call-moved': {
    ...TO_EXPERT,
    name: 'Call moved, to the expert',
    calendar: 'REQUEST',
    variables: { ...OF_A_BOOKING, previousStartsAt: 'instant?' },
    text: {
      subject: 'The call with {{booker}} has a new time',
      preview: 'A call with you has been moved.',
      heading: 'A call with you has been moved',
      body: ['Open the attached file to move it in your calendar as well.', '{{facts}}', '{{action}}'],
    },
    facts: [...WITH_BOOKER, ['Before', 'previousStartsAt']],
    action: JOIN,
  },
  'expert-call-canceled': {
    ...TO_EXPERT,
    name: 'Call canceled, to the expert',
    calendar: 'CANCEL',
    variables: CANCELED_BOOKING,
    text: {
      subject: 'The call with {{booker}} is canceled',
      preview: 'A call with you will not take place.',
      heading: 'A call with you is canceled',
      body: ['Open the attached file to remove it from your calendar.', '{{facts}}'],
    },
    facts: WITH_BOOKER,
  },
  'expert-call-reminder': {
    ...TO_EXPERT,
    name: 'Reminder of a call, to the expert',
    calendar: 'REQUEST',
    variables: OF_A_BOOKING,
    text: {
      subject: 'Soon: the call with {{booker}}',
      preview: 'A call with you is coming up.',
      heading: 'A call with you is coming up',
      body: ['{{facts}}', '{{action}}'],
    },
    facts: WITH_BOOKER,
    action: JOIN,
  },
  'expert-seat-booked': {
    ...TO_EXPERT,
    name: 'Seat booked, to the host',
    calendar: 'REQUEST',
    variables: OF_A_BOOKING,
    text: {
      subject: 'A seat in your office hours for {{booker}}',
      preview: 'Somebody has booked a seat.',
      heading: 'A seat in your office hours was booked',
      body: ['{{facts}}', '{{action}}'],
    },
    facts: WITH_BOOKER,
    action: JOIN,
  },
  'expert-seat-canceled': {
    ...TO_EXPERT,
    name: 'Seat canceled, to the host',
    calendar: 'CANCEL',
    variables: CANCELED_BOOKING,
    text: {
      subject: 'The seat of {{booker}} is free again',
      preview: 'Somebody has given a seat up.',
      heading: 'A seat in your office hours was given up',
      body: ['{{facts}}'],
    },
    facts: WITH_BOOKER,
  },
} as const satisfies Entries;
