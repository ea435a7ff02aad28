import { ROLES, type Role, type VerbName } from '../../workflows/domain/verb.ts';

/** Operators may whatever an owner may [R2.2]. */
const OPERATOR: Role = 'operator';

export const EVERYBODY: readonly Role[] = ROLES;
export const OWNERS: readonly Role[] = ['owner', OPERATOR];
export const BILLING: readonly Role[] = ['owner', 'administrator', OPERATOR];
/** People: grant, revoke, restore, login help [R2.1]. */
export const PEOPLE: readonly Role[] = [...BILLING, 'support'];
export const CONTENT: readonly Role[] = [...BILLING, 'assistant'];
/** Money figures of purchases and payments are not for assistants [R2.1]. */
export const MONEY_READERS: readonly Role[] = [...BILLING, 'support'];

/** Who may ask for a verb; a verb without its roles here does not compile. */
export const VERB_ROLES = {
  pause: BILLING,
  resume: BILLING,
  'change-resume-date': BILLING,
  cancel: BILLING,
  'undo-cancel': BILLING,
  revoke: PEOPLE,
  restore: PEOPLE,
  refund: BILLING,
  'money-back': BILLING,
  'retry-payment': BILLING,
  'access-start': BILLING,
} satisfies Record<VerbName, readonly Role[]>;
