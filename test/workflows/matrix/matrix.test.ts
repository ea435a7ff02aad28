import { describe, expect, test } from '@jest/globals';
import { BILLING_STATUSES } from '../../../workflows/domain/billing.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { VERB_NAMES, type VerbName } from '../../../workflows/domain/verb.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { combine, type PassResult } from '../../../workflows/purchase/pass-result.ts';
import { applyAnswer } from '../../../workflows/purchase/write-answer.ts';
import { ask, forbids } from '../../../workflows/verbs/ask.ts';
import { begin } from '../../../workflows/verbs/begin.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { facets, preview } from '../../../workflows/verbs/preview.ts';
import { aCommand, aRefund, after, askedBy, at, commandRow, taken } from '../../builders/purchase.ts';
import { CELLS, titleOf, type Cell } from './cells.ts';
import { INPUTS, legalIn } from './rules.ts';

const NOW = after(7200);
const CASES = CELLS.map((cell) => [titleOf(cell), cell] as const);

test('the matrix has every status that there is', () => {
  expect(new Set(CELLS.map(({ status }) => status))).toEqual(new Set(BILLING_STATUSES));
});

/** Does it as the workflow would, with Stripe granting every write. */
function carryOut(state: PurchaseState, verb: VerbName, input: unknown, planHash: string | null = null): PassResult {
  const command = aCommand(verb, input, { askedAt: NOW, planHash });
  let result = runPass(state, taken([commandRow(command)]), at(NOW), null);
  for (let n = 0; result.state.pending !== null && n < 20; n += 1) {
    const { writes, answered } = result.state.pending;
    const write = writes[answered];
    const given = { commandId: command.commandId, createdAt: NOW, refundId: `re_${n + 1}` };
    const objects = write?.op === 'refund' ? [aRefund({ ...write, ...given })] : [];
    result = combine(result, applyAnswer(result.state, { kind: 'done', objects }, NOW, DEFAULT_SETTINGS));
  }
  return result;
}

const possible = (verb: VerbName, state: PurchaseState) =>
  INPUTS[verb].filter((input) => ask(verb, state, input, askedBy(NOW)) === null);

/** A legal verb does what its preview said: state, money and emails, and it is one entry. */
function doesWhatItSaid({ state }: Cell, verb: VerbName): void {
  const inputs = possible(verb, state);
  expect({ verb, isTried: inputs.length > 0 }).toEqual({ verb, isTried: true });
  for (const input of inputs) {
    const said = preview(verb, state, input, askedBy(NOW));
    const { state: done, ends } = carryOut(state, verb, input, said.planHash);

    expect(ends).toMatchObject([
      { state: 'applied', effects: { money: said.money, emails: said.emails, refused: [] } },
    ]);
    expect(facets(done, NOW)).toEqual(said.after);
    expect(facets(state, NOW)).toEqual(said.before);
  }
}

/** An illegal one is refused with what is legal, and nothing changes. */
function isRefused({ state, status }: Cell, verb: VerbName, legalVerbs: VerbName[]): void {
  const refusal = forbids(verb, state, NOW);
  expect({ verb, refusal }).toMatchObject({ verb, refusal: { state: status, legalVerbs } });
  expect(refusal?.detail).not.toBe('');
  for (const input of INPUTS[verb]) {
    const result = runPass(state, taken([commandRow(aCommand(verb, input, { askedAt: NOW }))]), at(NOW), null);
    expect(result).toMatchObject({ entries: [], emails: [], followUps: [], ends: [{ state: 'refused', refusal }] });
    expect(result.state).toEqual(state);
  }
}

describe('every verb in every cell: legal and as its preview said, or refused with what is legal [R6.1, R6.5]', () => {
  test.each(CASES)('%s', (_title, cell) => {
    const legal = legalIn(cell);
    for (const verb of VERB_NAMES) {
      if (legal.includes(verb)) doesWhatItSaid(cell, verb);
      else isRefused(cell, verb, legal);
    }
  });
});

describe('while a verb is on its way to Stripe, others with writes wait, and the rest is done at once [R6.2]', () => {
  const withWrites = CASES.flatMap(([title, cell]) =>
    legalIn(cell).flatMap((verb) => {
      const [input] = possible(verb, cell.state);
      const planned = input && plan(verb, cell.state, input, askedBy(NOW));
      return planned && planned.writes.length > 0 ? [[verb, title, cell, planned] as const] : [];
    }),
  );

  test.each(withWrites)('%s: %s', (verb, _title, { state }, planned) => {
    const first = aCommand(verb, INPUTS[verb][0], { commandId: 'command-first', askedAt: after(7000) });
    const busy = { ...state, pending: begin(first, planned, NOW) };
    for (const other of VERB_NAMES) {
      const [input] = possible(other, state);
      if (!input) continue;
      const isWaiting = plan(other, state, input, askedBy(NOW)).writes.length > 0;
      const { ends, state: next } = runPass(
        busy,
        taken([commandRow(aCommand(other, input, { askedAt: NOW }))]),
        at(NOW),
        null,
      );

      expect({ other, ends: ends.map((end) => end.state) }).toEqual({ other, ends: isWaiting ? [] : ['applied'] });
      expect(next.pending).toEqual(busy.pending);
    }
  });
});
