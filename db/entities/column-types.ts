import { ArrayType, p, Type } from '@mikro-orm/core';
import type { Instant } from '../../workflows/domain/instant.ts';
import { toInstant } from '../instants.ts';

/** `timestamptz` as the domain writes instants: ISO-8601 in UTC with milliseconds [R1.1]. */
class InstantType extends Type<Instant | null, string | null> {
  override convertToJSValue(value: string | null): Instant | null {
    return value === null || value === undefined ? null : toInstant(value);
  }

  override getColumnType(): string {
    return 'timestamptz';
  }

  override compareAsType(): string {
    return 'string';
  }

  override ensureComparable(): boolean {
    return true;
  }
}

class UuidArrayType extends ArrayType<string> {
  override getColumnType(): string {
    return 'uuid[]';
  }
}

export const instant = () => p.type(InstantType).$type<Instant>();
export const uuidArray = () => p.type(UuidArrayType).$type<string[]>();
export const textArray = () =>
  p
    .type(ArrayType<string>)
    .$type<string[]>()
    .columnType('text[]');
