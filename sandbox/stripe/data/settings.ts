import type { DatabaseSync } from 'node:sqlite';

/** How one account's billing behaves: what one sets in Stripe's dashboard. */
export interface AccountSettings {
  /** What becomes of a subscription when the last try has failed. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due';
  /** Days between one failed try and the next; its length is the number of retries. */
  retryDays: number[];
  /**
   * How long a renewal's invoice stays a draft before it is finalized and charged (about 60 at
   * Stripe).
   */
  draftMinutes: number;
  /** After how long a refund that is not immediate settles. */
  refundSettleSeconds: number;
  /**
   * Events say the real instant at which they are made, also where billing was hurried ahead of it.
   */
  eventsAtRealTime: boolean;
}

const DEFAULT_SETTINGS: AccountSettings = {
  afterRetries: 'cancel',
  retryDays: [3, 5, 7],
  draftMinutes: 0,
  refundSettleSeconds: 60,
  eventsAtRealTime: false,
};

export function readSettings(database: DatabaseSync, account: string): AccountSettings {
  const row = database.prepare('select json from settings where account = ?').get(account);
  return row
    ? { ...DEFAULT_SETTINGS, ...(JSON.parse(String(row.json)) as Partial<AccountSettings>) }
    : DEFAULT_SETTINGS;
}

export function writeSettings(
  database: DatabaseSync,
  account: string,
  changes: Partial<AccountSettings>,
): AccountSettings {
  const settings = { ...readSettings(database, account), ...changes };
  database
    .prepare(
      'insert into settings (account, json) values (?, ?) on conflict (account) do update set json = excluded.json',
    )
    .run(account, JSON.stringify(settings));
  return settings;
}
