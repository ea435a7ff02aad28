import { Migration } from '@mikro-orm/migrations';

/** Whatever stands is looked at again: what was suspected soon, the rest once a day. */
export class DifferencesToLookAt extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'drop index differences_to_look_at',
  'create index differences_to_look_at on differences (looked_at) where ended_at is null',
];
