import type { z } from 'zod';
import type { accountForecastSchema } from '../../../forecast/forecast-schema.ts';
import type { Site } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { FieldsChip, Filters, filterState, Views } from '../../parts/filters.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Notice } from '../../parts/notice.tsx';
import { dateInWords } from '../../words/instant.ts';
import type { untilIn } from './until.ts';

type Until = ReturnType<typeof untilIn>;
type Sums = z.output<typeof accountForecastSchema>['totals'];

/** Until when: a span, or any date. */
export const Asked = ({ path, until: { chosen, views }, site }: { path: string; until: Until; site: Site }) => (
  <>
    <Views label="How far ahead" views={views} />
    <Filters path={path} chosen={{ until: chosen }} kept={[]}>
      <FieldsChip label="Until" value={dateInWords(chosen, site)}>
        <TextField name="until" label="Until the end of" type="date" required form={filterState({ until: chosen })} />
      </FieldsChip>
    </Filters>
  </>
);

/** What the figures take as given, and what they come to. */
export const AsThingsStand = ({ totals }: { totals: Sums }) => (
  <>
    <p className="quiet">
      As things stand: nobody does anything more, and each card is taken. Nothing is done by looking at it.
    </p>
    {totals.length === 0 ? (
      <Notice tone="plain">Nothing is charged until then.</Notice>
    ) : (
      <p>
        <strong>{totals.map(sumInWords).join(', ')}</strong>
      </p>
    )}
  </>
);

function sumInWords({ currency, charges, amountMinor, uncertainMinor }: Sums[number]): string {
  const all = `${moneyInWords({ amountMinor, currency })} in ${charges} ${charges === 1 ? 'payment' : 'payments'}`;
  return uncertainMinor === 0
    ? all
    : `${all}, of which ${moneyInWords({ amountMinor: uncertainMinor, currency })} is not certain`;
}
