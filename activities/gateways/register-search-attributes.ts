import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto'; // CommonJS whose names plain Node does not see

type Types = Readonly<Record<string, keyof typeof CODES>>;

const { IndexedValueType } = proto.temporal.api.enums.v1;
const CODES = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
};

/**
 * Registers these search attributes in the client's namespace; those that it knows stay as they
 * are. @returns the names of those that were new @throws Error for one that is known there by
 * another type, which Temporal cannot change
 */
export async function registerSearchAttributes(client: Client, types: Types): Promise<string[]> {
  const { namespace } = client.options;
  const { operatorService } = client.connection;
  const { customAttributes: known } = await operatorService.listSearchAttributes({ namespace });
  const wrong = Object.entries(types).filter(
    ([name, type]) => Object.hasOwn(known, name) && known[name] !== CODES[type],
  );
  if (wrong.length > 0)
    throw new Error(`namespace ${namespace} knows by another type: ${wrong.map(([name]) => name).join(', ')}`);
  const added = Object.entries(types).filter(([name]) => !Object.hasOwn(known, name));
  if (added.length > 0) await addSearchAttributes(client, Object.fromEntries(added));
  return added.map(([name]) => name);
}

/** The same in a namespace that has none of them, without looking. */
export async function addSearchAttributes(client: Client, types: Types): Promise<void> {
  const codes = Object.entries(types).map(([name, type]) => [name, CODES[type]] as const);
  const { namespace } = client.options;
  await client.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(codes),
  });
}
