import { activityToken } from '../../db/people/activity-token.ts';
import { T0 } from '../builders/rows.ts';
import { SECRET_KEY } from './an-api.ts';

/** Bodies of requests that are longer than their step. */
export const SIGN_UP = {
  plan: 'basic',
  interval: 'month',
  email: 'kim@example.com',
  accountName: 'Kim',
  timeZone: 'UTC',
};

export const WORDS = {
  subject: 'Come in, {{contactName}}',
  preview: 'Your link',
  heading: 'Come in',
  body: ['{{action}}', '{{facts}}'],
  button: 'Come in',
};

export const EXPERT = {
  name: 'Jonas Weber',
  email: 'jonas@example.com',
  timeZone: 'Europe/Berlin',
  meetingUrl: 'https://meet.example.com/jonas',
  workingHours: { tuesday: [{ from: '10:00', to: '16:00' }] },
};

/** A filter of nearly every kind. */
export const SEGMENT = {
  name: 'From Vienna, and not lost yet',
  filters: [
    { kind: 'marketing_status', status: 'subscribed' },
    { kind: 'tag', tag: 'vienna' },
    { kind: 'field', field: 'birthday', test: 'before', value: '2000-01-01' },
    { kind: 'purchase', billingStatus: 'past_due', isNot: true },
    { kind: 'active', days: 90 },
    { kind: 'spent', bound: 'at_least', amountMinor: 10_000, currency: 'eur' },
    { kind: 'segment', segment: 'customers' },
  ],
};

/** What operations on activity are asked with: a login and a lesson, just now. */
export const activitySteps = (contactId: string, productId: string) => {
  const contact = { params: { contactId } };
  const lesson = { productId, lessonId: 'light-and-shade' };
  const data = [
    { id: 'login-8841', contactId, kind: 'login', at: T0 },
    { id: 'lesson-17', contactId, kind: 'lesson_completed', at: T0, ...lesson },
  ];
  return {
    createActivityToken: contact,
    reportActivityFromBrowser: {
      params: { activityToken: activityToken(contactId, '2999-01-01T00:00:00.000Z', SECRET_KEY[0]) },
      body: { data: [{ id: 'mine-1', kind: 'commented' }] },
    },
    reportActivity: { body: { data } },
    listActivity: contact,
    getActivitySummary: contact,
    listProgress: contact,
    getUsage: {},
    listUsage: {},
  };
};

/** What operations on differences from Stripe are asked with. */
export const differenceSteps = (difference: { params: Record<string, string> }) => ({
  getReconciliation: {},
  startReconciliation: { body: {} },
  listDifferences: {},
  getDifference: difference,
  repairDifference: { ...difference, body: { dryRun: true } },
  dismissDifference: { ...difference, body: { note: 'Of our old shop' } },
});
