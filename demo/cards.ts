/** Cards of Stripe's test mode that do something other than pay. */
export const DISPUTED = '4000000000000259';
/** Taken for later, and refused whenever it is charged. */
export const REFUSED_LATER = '4000000000000341';
