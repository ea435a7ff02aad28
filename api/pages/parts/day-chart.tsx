import { Fragment } from 'react';

/** `value`: null where there is none to show; below zero the bar hangs from the line of zero. */
export type DayFigure = { day: string; value: number | null; limit: number | null };

type DayChartProps = {
  label: string;
  figures: readonly DayFigure[];
  /** A figure as people read it. */
  inWords?: (value: number) => string;
};

const [WIDTH, HEIGHT] = [640, 160];
/** Room for the words of the greatest and the least figure. */
const MARGIN = 14;
/** Of few days the bars are no broader. */
const WIDEST = 24;

/** Bars by the day, with the limit as a line; a table of the same figures belongs below it. */
export const DayChart = ({ label, figures, inWords = (value) => value.toLocaleString('en-US') }: DayChartProps) => {
  const values = figures.flatMap(({ value, limit }) => [value ?? 0, limit ?? 0]);
  const [most, least] = [Math.max(0, ...values), Math.min(0, ...values)];
  const stride = Math.min(WIDEST, WIDTH / Math.max(1, figures.length));
  const heightOf = (value: number): number => (value / (most - least || 1)) * (HEIGHT - 2 * MARGIN);
  const zero = MARGIN + heightOf(most);
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {figures.map(({ day, value, limit }, index) => (
        <Fragment key={day}>
          <rect
            className="chart-bar"
            x={index * stride + stride * 0.1}
            y={zero - Math.max(0, heightOf(value ?? 0))}
            width={stride * 0.8}
            height={Math.abs(heightOf(value ?? 0))}
          >
            <title>{`${day}: ${value === null ? 'none' : inWords(value)}`}</title>
          </rect>
          {limit === null ? null : (
            <line
              className="chart-limit"
              x1={index * stride}
              x2={(index + 1) * stride}
              y1={zero - heightOf(limit)}
              y2={zero - heightOf(limit)}
            />
          )}
        </Fragment>
      ))}
      <line className="chart-zero" x1={0} x2={WIDTH} y1={zero} y2={zero} />
      {most > 0 ? <text y={MARGIN - 4}>{inWords(most)}</text> : null}
      {least < 0 ? <text y={HEIGHT - 2}>{inWords(least)}</text> : null}
    </svg>
  );
};
