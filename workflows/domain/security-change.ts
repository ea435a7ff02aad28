/** What can change in how an admin logs in; each is recorded, and mailed to them. */
export const SECURITY_CHANGES = [
  'password_changed',
  'app_added',
  'app_removed',
  'recovery_codes_made',
  'recovery_code_used',
  'passkey_added',
  'passkey_removed',
  'second_factor_reset',
] as const;

export type SecurityChangeKind = (typeof SECURITY_CHANGES)[number];
