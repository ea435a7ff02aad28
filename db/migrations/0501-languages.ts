import { Migration } from '@mikro-orm/migrations';

/** Contacts choose a language, and an account's own words of an email are in one. */
export class Languages extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'alter table contacts add column language text',
  "alter table email_versions add column language text not null default 'en'",
  'alter table email_versions drop constraint email_versions_account_id_kind_version_key',
  'alter table email_versions add unique (account_id, kind, language, version)',
];
