import type { SecurityChangeKind } from '../../../workflows/domain/security-change.ts';

/** What has changed in how somebody signs in, as their own page lists it. */
export const SECURITY_CHANGE_WORDS: Record<SecurityChangeKind, string> = {
  password_changed: 'Password changed',
  app_added: 'App set up',
  app_removed: 'App switched off',
  recovery_codes_made: 'Recovery codes made anew',
  recovery_code_used: 'Recovery code used',
  passkey_added: 'Passkey added',
  passkey_removed: 'Passkey removed',
  second_factor_reset: 'Second factor reset',
};
