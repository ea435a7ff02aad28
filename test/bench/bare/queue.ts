/** Where bare entities run; ours have queues of their own. */
export const BARE_QUEUE = 'bare';
