import { Migration } from '@mikro-orm/migrations';

/** Who did what in an account, when and from where: only added to, but for what is personal. */
export class AuditLog extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** What erasing a person takes out of a row; all else stays as it was written. */
const PERSONAL = "array['before', 'after', 'ip', 'forgotten_at']";

const STATEMENTS = [
  `create table audit_log (
     id uuid primary key,
     account_id uuid not null,
     at timestamptz not null,
     kind text not null,
     actor jsonb,
     ip text,
     request_id uuid,
     subject_kind text not null,
     subject_id text,
     command_id uuid,
     before jsonb,
     after jsonb,
     forgotten_at timestamptz)`,
  'create index audit_log_list on audit_log (account_id, at desc, id desc)',
  `create index audit_log_by_actor on audit_log (account_id, (actor ->> 'id'), at desc, id desc)`,
  'create index audit_log_by_subject on audit_log (account_id, subject_id, at desc, id desc)',
  'create index audit_log_by_kind on audit_log (account_id, kind, at desc, id desc)',
  'create index audit_log_of_all on audit_log (at desc, id desc)',
  `create unique index audit_log_networks_of_keys on audit_log (subject_id, (after ->> 'network')) where kind = 'api_key.used'`,
  `create function keep_audit_log() returns trigger language plpgsql as $$
   begin
     if tg_op = 'UPDATE' and new.forgotten_at is not null and new.before is null and new.after is null
       and (new.ip is null or new.ip = old.ip) and to_jsonb(new) - ${PERSONAL} = to_jsonb(old) - ${PERSONAL}
     then return new; end if;
     raise exception 'the audit log is only added to';
   end $$`,
  `create trigger audit_log_kept before update or delete on audit_log for each row execute function keep_audit_log()`,
  `create trigger audit_log_kept_whole before truncate on audit_log for each statement execute function keep_audit_log()`,
];
