import { Lifecycle } from './0001-lifecycle.ts';

/** In the order in which they run; only ever added to. */
export const migrations = [{ name: '0001-lifecycle', class: Lifecycle }];
