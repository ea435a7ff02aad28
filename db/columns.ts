/** Every column of an entity, by the names of its properties. */
export type Columns<Entity> = { [Name in Extract<keyof Entity, string>]: Entity[Name] };

/** A property's name as its column is called. */
export const columnOf = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A row by the names of its columns. */
export const byColumn = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([property, value]: [string, unknown]) => [columnOf(property), value]));
