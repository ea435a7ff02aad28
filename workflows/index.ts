/** Every workflow there is; whatever is exported from here becomes one. */
export { mail } from './mail/mail.ts';
export { purchase } from './purchase/purchase.ts';
export { testClock } from './clock/test-clock.ts';
export { welcome } from './mail/welcome.ts';
