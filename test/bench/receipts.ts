import { monitorEventLoopDelay } from 'node:perf_hooks';
import { contentOf, type Known } from '../../api/money/receipt-content.ts';
import { renderReceipt } from '../../api/money/render-receipt.ts';
import { aBill, aTax } from '../builders/bill.ts';
import { T0 } from '../builders/purchase.ts';
import type { Bench } from './bench.ts';
import { atMost, byItself } from './figures.ts';

const SCALES = {
  full: { receipts: 1_000, rounds: 3 },
  small: { receipts: 3, rounds: 1 },
};

/** 1,000 a minute are 60 ms for each. */
const MOST_MS = 60;
/** How long no input may hold a process [R24.5]. */
const MOST_HELD_MS = 100;

/** Receipts of two lines with a tax, each set for the first time. */
export const receipts: Bench = {
  name: 'receipts',
  about: 'receipts set as PDFs, one after the other, and how long that holds up the process',
  async run(scale, { quiet }) {
    const { receipts: count, rounds } = SCALES[scale];
    await renderReceipt(contentOf(aReceipt(0)));
    const [each, held, others]: [number[], number[], (number | null)[]] = [[], [], []];
    for (let round = 0; round < rounds; round += 1) {
      const measured = await quiet.watch(() => setMany(count));
      each.push(measured.value.eachMs);
      held.push(measured.value.heldMs);
      others.push(measured.others);
    }
    return [
      byItself({ name: 'one receipt', unit: 'ms', limit: atMost(MOST_MS) }, each, others),
      byItself({ name: 'longest hold of the process', unit: 'ms', limit: atMost(MOST_HELD_MS) }, held, others),
    ];
  },
};

async function setMany(count: number): Promise<{ eachMs: number; heldMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const began = performance.now();
  for (let number = 1; number <= count; number += 1) await renderReceipt(contentOf(aReceipt(number)));
  const eachMs = (performance.now() - began) / count;
  delay.disable();
  return { eachMs, heldMs: delay.max / 1e6 };
}

const LINES = ['Studio: setup fee', '1 × Studio Membership (at €29.00 / month)'].map((what) => ({
  what,
  quantity: 1,
  amountMinor: 2_900,
  period: { from: T0, to: '2027-02-28T09:00:00.000Z' },
}));

const aReceipt = (number: number): Known => ({
  kind: 'receipt',
  number,
  receiptNumber: number,
  paymentId: `in_${number}`,
  refundId: null,
  purchaseId: 'p1',
  contactId: 'c1',
  seller: { name: 'Willow & Wheel OG', address: 'Töpfergasse 12\n1070 Wien', taxId: 'ATU12345678' },
  facts: aBill({ currency: 'eur', lines: LINES, taxes: [aTax()], totalMinor: 6_380, paidMinor: 6_380 }),
  pdf: null,
  amountMinor: 6_380,
  currency: 'eur',
  paidAt: T0,
  refund: null,
  offerName: 'Studio',
  contact: { name: `Łukasz ${number}`, email: `lukasz${number}@example.com` },
  language: 'en',
  timeZone: 'Europe/Vienna',
});
