/** Every column of an entity, by the names of its properties. */
export type Columns<Entity> = { [Name in Extract<keyof Entity, string>]: Entity[Name] };

/** A property's name as its column is called. */
export const columnOf = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** By column; what is no plain value becomes JSON. */
export const toColumns = (row: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([property, value]: [string, unknown]) => [
      columnOf(property),
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  );
