import { z } from 'zod';

export type Json = Record<string, unknown>;

/** Zod schemas as JSON Schema; those with an id become components, and are pointed at. */
export type Schemas = { input: (schema: z.ZodType) => Json; output: (schema: z.ZodType) => Json; components: Json };

/** @throws when two different schemas have the same id */
export function createSchemas(): Schemas {
  const components: Json = {};
  const keep = (name: string, definition: Json) => {
    const known = components[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition))
      throw new Error(`two schemas are called ${name}`);
    components[name] = definition;
  };
  const convert = (io: 'input' | 'output') => (schema: z.ZodType) => {
    const options = { io, unrepresentable: 'any', reused: 'inline', override: restore } as const;
    const json = z.toJSONSchema(schema, options) as Json & { $defs?: Json };
    const { $schema: _dialect, $defs = {}, ...rest } = json;
    for (const [name, definition] of Object.entries($defs)) keep(name, pointing(definition) as Json);
    return pointing(rest) as Json;
  };
  return { input: convert('input'), output: convert('output'), components };
}

/**
 * Zod leaves defaults and examples out where the value is read to another type: ours are as people
 * give them.
 */
function restore({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }): void {
  const { def } = zodSchema._zod;
  if (def.type === 'default') Object.assign(jsonSchema, { default: def.defaultValue });
  const examples = z.globalRegistry.get(zodSchema)?.examples;
  if (examples && jsonSchema.examples === undefined) Object.assign(jsonSchema, { examples });
}

/**
 * Zod points at `#/$defs`, OpenAPI keeps them under `#/components/schemas`; ids become names, and
 * say nothing else.
 */
function pointing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointing);
  if (typeof value !== 'object' || value === null) return value;
  const { id, ...rest } = value as Json;
  const kept = typeof id === 'string' ? rest : (value as Json);
  return Object.fromEntries(
    Object.entries(kept).map(([key, inner]) =>
      key === '$ref' ? [key, String(inner).replace('#/$defs/', '#/components/schemas/')] : [key, pointing(inner)],
    ),
  );
}

/** Says of every choice between named objects which field tells them apart, where one does. */
export function discriminated(value: unknown, components: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => discriminated(item, components));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, discriminated(inner, components)] as const);
  const { anyOf, oneOf, ...rest } = Object.fromEntries(entries);
  const choice = (oneOf ?? anyOf) as Json[] | undefined;
  if (choice === undefined) return rest;
  const discriminator = discriminatorOf(choice, components);
  return discriminator ? { ...rest, oneOf: choice, discriminator } : { ...rest, ...(oneOf ? { oneOf } : { anyOf }) };
}

type Component = { properties?: Record<string, { const?: unknown }>; oneOf?: Json[] };

function discriminatorOf(choice: Json[], components: Json): Json | null {
  const pointers = choice.map(({ $ref }) => $ref);
  if (pointers.length < 2 || !pointers.every((pointer) => typeof pointer === 'string')) return null;
  const variants = pointers.map((pointer) => components[nameOf(pointer)] as Component);
  const propertyName = Object.keys(variants[0]?.properties ?? {}).find((name) =>
    variants.every(({ properties }) => typeof properties?.[name]?.const === 'string'),
  );
  if (propertyName === undefined) return null;
  const mapping = variants.map(({ properties }, index) => [properties?.[propertyName]?.const, pointers[index]]);
  return { propertyName, mapping: Object.fromEntries(mapping) as Json };
}

const nameOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1);
