import { Migration } from '@mikro-orm/migrations';

/** Until when a purchase carries what requires it, derived from its snapshot like the columns beside it. */
export class CarriesUntil extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const ENDED = `(snapshot #>> '{billing,ended,at}')::timestamptz`;

const STATEMENTS = [
  'alter table purchases add column carries_until timestamptz',
  `update purchases set carries_until = case
     when ${ENDED} is not null and snapshot #>> '{billing,ended,cause}' <> 'completed' then ${ENDED}
     when is_live then cancel_at
     when snapshot #>> '{access,endsAt}' is not null then greatest((snapshot #>> '{access,endsAt}')::timestamptz, ${ENDED}) end`,
];
