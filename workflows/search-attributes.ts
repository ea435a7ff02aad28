import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import { accessStatus } from './domain/access.ts';
import { billingStatus } from './domain/billing.ts';
import { creditFigures } from './domain/credits/figures.ts';
import { dueList } from './domain/due.ts';
import type { Instant } from './domain/instant.ts';
import type { PurchaseState } from './domain/purchase.ts';
import { searchAttributes, type SearchAttributeName } from './search-attribute-types.ts';

const TYPES = {
  Keyword: SearchAttributeType.KEYWORD,
  Datetime: SearchAttributeType.DATETIME,
  Bool: SearchAttributeType.BOOL,
  Int: SearchAttributeType.INT,
};

type Value = string | boolean | number | null;
type Values = { [Name in SearchAttributeName]: Value };

/** What operators search by in the Temporal UI: ids and words, never names or addresses [R24.4]. */
function valuesOf(state: PurchaseState, now: Instant, stuckReason: string | null, isTestClock: boolean): Values {
  const [due] = dueList(state);
  return {
    AccountId: state.accountId,
    ContactId: state.contactId,
    OfferId: state.terms.offerId,
    BillingStatus: billingStatus(state.billing),
    AccessStatus: accessStatus(state, now),
    NextDueKind: due?.kind ?? null,
    NextDueAt: due?.at ?? null,
    StuckReason: stuckReason,
    TestClock: isTestClock,
    NeedsAttention: state.attentions.length > 0,
    Credits: creditFigures(state, now)?.available ?? null,
  };
}

/** Upserts only what has changed: each upsert is an event in the history. */
export class SearchAttributes {
  private shown: Partial<Values> = {};

  show(state: PurchaseState, now: Instant, stuckReason: string | null, isTestClock: boolean): void {
    const values = valuesOf(state, now, stuckReason, isTestClock);
    const names = (Object.keys(values) as SearchAttributeName[]).filter((name) => this.shown[name] !== values[name]);
    const isFirst = Object.keys(this.shown).length === 0;
    const news = names.filter((name) => !(isFirst && values[name] === null));
    if (news.length > 0) upsertSearchAttributes(news.map((name) => pairOf(name, values[name])));
    this.shown = values;
  }
}

function pairOf(name: SearchAttributeName, value: Value): SearchAttributeUpdatePair {
  const typed = name === 'NextDueAt' && typeof value === 'string' ? new Date(value) : value;
  const key = defineSearchAttributeKey(name, TYPES[searchAttributes[name]]);
  return { key, value: typed } as SearchAttributeUpdatePair;
}
