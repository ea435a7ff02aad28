/** Every workflow there is; whatever is exported from here becomes one. */
export { mail } from './mail.ts';
export { purchase } from './purchase.ts';
export { testClock } from './test-clock.ts';
export { welcome } from './welcome.ts';
