import type { Page } from '../../page.ts';
import { bookForPage, movePage } from './book-call.tsx';
import { calendarPage } from './calendar-page.tsx';
import { callListPage } from './call-list.tsx';
import { callPage } from './call-page.tsx';
import { cancelPage, heldPage, noShowPage } from './change-call.tsx';
import { bookSeatForPage, cancelSeatForPage, officeDatePage } from './seats.tsx';

/** Calls and seats as admins see them. */
export const callPages: readonly Page[] = [
  calendarPage,
  callListPage,
  callPage,
  movePage,
  cancelPage,
  heldPage,
  noShowPage,
  bookForPage,
  bookSeatForPage,
  officeDatePage,
  cancelSeatForPage,
];
