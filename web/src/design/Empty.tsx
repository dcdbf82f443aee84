import type { ReactNode } from 'react';
import css from './Empty.module.css';

interface EmptyProps {
  icon: ReactNode;
  title: string;
  /** Why it is empty, and what would fill it. */
  children?: ReactNode;
  action?: ReactNode;
  /** `h1` where it is all that the page shows. */
  heading?: 'h1' | 'p';
}

export function Empty({ icon, title, children, action, heading: Heading = 'p' }: EmptyProps) {
  return (
    <div className={css['empty']}>
      <span className={css['icon']} aria-hidden>
        {icon}
      </span>
      <Heading className={css['title']}>{title}</Heading>
      {children && <div className={css['text']}>{children}</div>}
      {action}
    </div>
  );
}
