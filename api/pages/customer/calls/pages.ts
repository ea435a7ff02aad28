import type { Page } from '../../page.ts';
import { bookCallPage } from './book-call.tsx';
import { callsPage } from './calls-page.tsx';
import { cancelCallPage } from './cancel-call.tsx';
import { moveCallPage } from './move-call.tsx';
import { bookSeatPage, cancelSeatPage } from './seats.tsx';
import { timeZonePage } from './time-zone.ts';

/** A customer's calls. */
export const customerCallPages: readonly Page[] = [
  callsPage,
  bookCallPage,
  timeZonePage,
  bookSeatPage,
  cancelSeatPage,
  moveCallPage,
  cancelCallPage,
];
