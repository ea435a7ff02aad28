import type { Page } from '../../page.ts';
import { archiveExpertPage } from './expert-archive.tsx';
import { cancelBookingsPage } from './cancel-bookings.tsx';
import { newExpertPage } from './expert-new.tsx';
import { expertPage } from './expert.tsx';
import { expertsPage } from './experts.tsx';
import { blockPage, newBlockPage } from './block.tsx';
import { officeHoursPage } from './office-hours.tsx';

/** `/experts/new` stands before `/experts/{expertId}`. */
export const creditPages: readonly Page[] = [
  expertsPage,
  newExpertPage,
  expertPage,
  archiveExpertPage,
  cancelBookingsPage,
  officeHoursPage,
  newBlockPage,
  blockPage,
];
