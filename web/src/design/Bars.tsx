import css from './Bars.module.css';

export interface Series<T> {
  label: string;
  value: (row: T) => number;
}

interface BarsProps<T> {
  /** What the plot shows, for those who do not see it: the numbers stand in a table beside it. */
  label: string;
  rows: readonly T[];
  series: readonly [Series<T>] | readonly [Series<T>, Series<T>];
  /** The name of a row, for the axis and the tooltip. */
  name: (row: T) => string;
  number: (value: number) => string;
}

const HEIGHT = 160;
const WIDTH = 720;

/** The next round number: 1, 2 or 5 with zeros, or behind the point. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** A plot of bars side by side, one group for each row. */
export function Bars<T>({ label, rows, series, name, number }: BarsProps<T>) {
  const most = roundUp(Math.max(0, ...rows.flatMap((row) => series.map(({ value }) => value(row)))));
  const step = WIDTH / Math.max(rows.length, 1);
  const width = (step * 0.7) / series.length;
  const labelled = Math.max(1, Math.ceil(rows.length / 8));
  return (
    <figure className={css['figure']}>
      <figcaption className={css['legend']}>
        {series.map((one, index) => (
          <span key={one.label} data-series={index}>
            {one.label}
          </span>
        ))}
      </figcaption>
      <div className={css['plot']}>
        <div className={css['scale']} aria-hidden>
          {[most, most / 2, 0].map((value) => (
            <span key={value}>{Number.isInteger(value) ? number(value) : ''}</span>
          ))}
        </div>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
          {[0, 0.5, 1].map((part) => (
            <line
              key={part}
              x1={0}
              x2={WIDTH}
              y1={part * HEIGHT}
              y2={part * HEIGHT}
              className={css['line']}
            />
          ))}
          {rows.map((row, place) => (
            <g key={name(row)}>
              <title>
                {[name(row), ...series.map((one) => `${one.label}: ${number(one.value(row))}`)].join('\n')}
              </title>
              <rect x={place * step} width={step} y={0} height={HEIGHT} className={css['hit']} />
              {series.map((one, index) => {
                const height = (one.value(row) / most) * HEIGHT;
                const x = place * step + step * 0.15 + index * width;
                return (
                  <rect
                    key={one.label}
                    data-series={index}
                    x={x}
                    y={HEIGHT - height}
                    width={width}
                    height={height}
                  />
                );
              })}
            </g>
          ))}
        </svg>
      </div>
      <div className={css['names']} aria-hidden>
        {rows.map((row, place) => (
          <span key={name(row)}>{place % labelled === 0 ? name(row) : ''}</span>
        ))}
      </div>
    </figure>
  );
}
