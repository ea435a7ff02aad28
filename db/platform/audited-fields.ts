import type { EntityManager, EntityName } from '@mikro-orm/postgresql';

/** What says whose a row is and since when: the log says it by itself. */
const OF_EVERY_ROW = ['id', 'accountId', 'createdAt'];

type Row = Record<string, unknown>;

/**
 * The fields of a row, as the audit log compares them before and after: all of them, or those that
 * are named. What is empty is left out.
 */
export const fieldsOf =
  <Entity extends { id: string }>(entity: EntityName<Entity>, ...only: (keyof Entity & string)[]) =>
  async (em: EntityManager, id: string): Promise<Row | null> => {
    const row = await em.findOne(entity, { id } as never);
    return row && toFields(row, only);
  };

export function toFields(row: Row, only: readonly string[] = []): Row {
  const isTold = (name: string): boolean => (only.length > 0 ? only.includes(name) : !OF_EVERY_ROW.includes(name));
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => isTold(name) && value !== null));
}
