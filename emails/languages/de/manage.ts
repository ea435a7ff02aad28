/** The link on emails about what is theirs. */
export const mayCancel = { when: 'Abonnement verwalten oder kündigen', otherwise: 'Zahlungen ansehen' };

export const NO_DATE = 'kein Datum festgelegt';
export const NONE = 'keine';
export const UPDATE_CARD = 'Karte aktualisieren';
export const LOG_IN = 'Anmelden';
export const RECEIPT = 'Beleg als PDF';
