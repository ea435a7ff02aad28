/** The choices of an account that decide what happens to its purchases. */
export type LifecycleSettings = {
  /** Payment receipts by mail [R13.3]. */
  receipts: 'all' | 'first' | 'off';
  /** When a failed payment closes access [R11.3]. */
  autoRevoke: 'off' | 'on_first_failure' | 'on_exhausted';
  /** What a refund made at Stripe does to access [R10.4]. */
  onExternalRefund: 'keep' | 'revoke';
  /** What a dispute does to access [R10.5]. */
  onDispute: 'keep' | 'revoke';
  /** Email kinds that the account has switched off [R13.4]. */
  emailsOff: string[];
};

export const DEFAULT_SETTINGS: LifecycleSettings = {
  receipts: 'all',
  autoRevoke: 'on_exhausted',
  onExternalRefund: 'keep',
  onDispute: 'keep',
  emailsOff: [],
};
