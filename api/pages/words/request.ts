import type { RequestState } from '../../../workflows/domain/cancellation-request.ts';

/** In which state a request to cancel is; customers read the sentence. */
export const REQUEST_WORDS: Record<RequestState, { label: string; toCustomer: string }> = {
  open: { label: 'Open', toCustomer: 'You have asked to cancel this. It goes on until that is decided.' },
  withdrawn: { label: 'Withdrawn', toCustomer: 'You have withdrawn your request to cancel this.' },
  declined: { label: 'Declined', toCustomer: 'Your request to cancel this was declined.' },
  carried_out: { label: 'Carried out', toCustomer: 'Your request to cancel this was carried out.' },
  obsolete: { label: 'Settled', toCustomer: 'Your request to cancel this is settled: it has ended in another way.' },
};
