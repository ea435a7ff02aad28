import { ArrayType, p, Type } from '@mikro-orm/core';
import type { Instant } from '../../workflows/domain/instant.ts';

/** `timestamptz` as the domain writes instants: ISO-8601 in UTC with milliseconds [R1.1]. */
class InstantType extends Type<Instant | null, string | null> {
  override convertToJSValue(value: string | null): Instant | null {
    return value === null || value === undefined ? null : fromPostgres(value);
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

/** Postgres writes `2026-01-31 09:00:00.5+00`. */
export const fromPostgres = (text: string): Instant =>
  new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();

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
