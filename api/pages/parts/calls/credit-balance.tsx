import type { CreditRule } from '../../../../workflows/domain/credits/rule.ts';
import { toMs } from '../../../../workflows/domain/instant.ts';
import { rhythmInWords } from '../../words/credit.ts';
import type { Here } from '../../words/instant.ts';
import { countOf } from '../counts.ts';
import { Day } from '../when.tsx';
import { nextExpiryOf, type Credits } from './credit-rows.ts';

type BalanceProps = { credits: Credits; rule: CreditRule; here: Here };

/** How many calls can be booked, and what comes next: an issue, an expiry. */
export function CreditBalance({ credits, rule, here }: BalanceProps) {
  const { available, held, nextIssueAt } = credits;
  const expiry = nextExpiryOf(credits);
  return (
    <>
      <div className="head facts">
        <div>
          <p className="label">You can book</p>
          <p className="fact">
            {countOf(available, 'call')} <span className="quiet small">of {rule.callMinutes} minutes</span>
          </p>
          {held > 0 ? (
            <p className="quiet small">{countOf(held, 'credit is', 'credits are')} held for what is booked</p>
          ) : null}
        </div>
        <NextDay label="Next credit" at={nextIssueAt} here={here} />
        <NextDay label="Next to expire" at={expiry} here={here} />
      </div>
      <p className="quiet">{ruleInWords(rule)}</p>
    </>
  );
}

const NextDay = ({ label, at, here }: { label: string; at: string | null; here: Here }) =>
  at === null ? null : (
    <div>
      <p className="label">{label}</p>
      <p className="fact">
        <Day at={at} site={here} /> <span className="quiet small">{daysAway(at, here)}</span>
      </p>
    </div>
  );

const DAY_MS = 24 * 60 * 60 * 1000;

function daysAway(at: string, { now }: Here): string {
  const days = Math.floor((toMs(at) - toMs(now)) / DAY_MS);
  return days < 1 ? 'within a day' : `in ${countOf(days, 'day')}`;
}

/** `6 a year, one every two months. Each is good for a year.` */
function ruleInWords({ perYear, issue, validMonths }: CreditRule): string {
  const valid = validMonths === 12 ? 'a year' : countOf(validMonths, 'month');
  return `${perYear} a year, ${rhythmInWords(issue)}. Each is good for ${valid} from its issue.`;
}
