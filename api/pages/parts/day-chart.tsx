import { Fragment } from 'react';

export type DayFigure = { day: string; value: number; limit: number | null };

const [WIDTH, HEIGHT] = [640, 160];
/** Of few days the bars are no broader. */
const WIDEST = 24;

/** Bars by the day, with the limit as a line; a table of the same figures belongs below it. */
export const DayChart = ({ label, figures }: { label: string; figures: readonly DayFigure[] }) => {
  const most = Math.max(1, ...figures.map(({ value, limit }) => Math.max(value, limit ?? 0)));
  const stride = Math.min(WIDEST, WIDTH / Math.max(1, figures.length));
  const heightOf = (value: number): number => (value / most) * (HEIGHT - 4);
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {figures.map(({ day, value, limit }, index) => (
        <Fragment key={day}>
          <rect
            className="chart-bar"
            x={index * stride + stride * 0.1}
            y={HEIGHT - heightOf(value)}
            width={stride * 0.8}
            height={heightOf(value)}
          >
            <title>{`${day}: ${value.toLocaleString('en-US')}`}</title>
          </rect>
          {limit === null ? null : (
            <line
              className="chart-limit"
              x1={index * stride}
              x2={(index + 1) * stride}
              y1={HEIGHT - heightOf(limit)}
              y2={HEIGHT - heightOf(limit)}
            />
          )}
        </Fragment>
      ))}
    </svg>
  );
};
