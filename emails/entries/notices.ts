import { NOTICE, type Entries } from './entry.ts';

/** What admins are told of the purchases of their account. */
export const NOTICE_ENTRIES = {
  'admin-purchase-paused': {
    name: 'Notice: paused',
    ...NOTICE,
  },
  'admin-purchase-resumed': {
    name: 'Notice: resumed',
    ...NOTICE,
  },
  'admin-resume-date-changed': {
    name: 'Notice: resume date changed',
    ...NOTICE,
  },
  'admin-cancellation-scheduled': {
    name: 'Notice: cancellation scheduled',
    ...NOTICE,
  },
  'admin-cancellation-undone': {
    name: 'Notice: cancellation undone',
    ...NOTICE,
  },
  'admin-purchase-canceled': {
    name: 'Notice: canceled',
    ...NOTICE,
  },
  'admin-refund': {
    name: 'Notice: refund',
    ...NOTICE,
  },
  'admin-refund-failed': {
    name: 'Notice: refund failed',
    ...NOTICE,
  },
  'admin-payment-failed': {
    name: 'Notice: payment failed',
    ...NOTICE,
  },
  'admin-money-back': {
    name: 'Notice: money back',
    ...NOTICE,
  },
  'admin-dispute': {
    name: 'Notice: dispute',
    ...NOTICE,
  },
  'admin-duplicate-purchase': {
    name: 'Notice: second purchase',
    ...NOTICE,
  },
} as const satisfies Entries;
