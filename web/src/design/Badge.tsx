import type { ReactNode } from 'react';
import css from './Badge.module.css';

export type Tone = 'neutral' | 'accent' | 'green' | 'amber' | 'red' | 'blue';

/** A word with a tint. The tone never says more than the word does. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={css['badge']} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}

/** A filled dot, for something that is not counted. Its meaning is said in `label`. */
export function Dot({ label }: { label: string }) {
  return (
    <span className={css['dot']} title={label}>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

/** A count in a filled pill: 99 means 99 or more. Its meaning is said in `label`. */
export function Count({ value, label }: { value: number; label: string }) {
  return (
    <span className={css['count']}>
      <span aria-hidden>{value >= 99 ? '99+' : value}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
