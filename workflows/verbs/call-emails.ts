import type { KindsWhere } from '../../emails/catalogue.ts';
import type { EmailIntent, EntryData } from '../domain/outcome.ts';

/** An email to whoever booked a call or a seat, and one to its expert; `data` names the expert. */
export const toBoth = (
  kind: KindsWhere<{ to: 'contact' }>,
  expertKind: KindsWhere<{ to: 'expert' }>,
  data: EntryData,
): EmailIntent[] => [
  { kind, to: 'customer', data },
  { kind: expertKind, to: 'expert', data },
];
