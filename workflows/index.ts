/** Every workflow: each export of this file is registered as one. */
export { bulkJob } from './jobs/bulk-job.ts';
export { mail } from './mail/mail.ts';
export { purchase } from './purchase/purchase.ts';
export { testClock } from './clock/test-clock.ts';
export { welcome } from './mail/welcome.ts';
