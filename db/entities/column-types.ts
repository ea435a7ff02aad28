import { ArrayType, JsonType, p, Type } from '@mikro-orm/core';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
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

/** A snapshot of any version, read as of today's. */
class SnapshotType extends JsonType {
  override convertToJSValue(value: string | object): object {
    return liftSnapshot(super.convertToJSValue(value, this.platform!) as object);
  }
}

class UuidArrayType extends ArrayType<string> {
  override getColumnType(): string {
    return 'uuid[]';
  }
}

export const instant = () => p.type(InstantType).$type<Instant>();
export const snapshot = () => p.type(SnapshotType).$type<PurchaseState>();
export const uuidArray = () => p.type(UuidArrayType).$type<string[]>();
export const textArray = () =>
  p
    .type(ArrayType<string>)
    .$type<string[]>()
    .columnType('text[]');
