/** Why other verbs have to wait for a change of offer [R26.3]. */
export const CHANGE_PENDING = 'A change of offer is pending: undo it first (undo-change-offer).';
