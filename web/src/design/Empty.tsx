import type { ReactNode } from 'react';
import css from './Empty.module.css';

interface EmptyProps {
  icon: ReactNode;
  title: string;
  /** Why it is empty, and what would fill it. */
  children?: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={css['empty']}>
      <span className={css['icon']} aria-hidden>
        {icon}
      </span>
      <p className={css['title']}>{title}</p>
      {children && <div className={css['text']}>{children}</div>}
      {action}
    </div>
  );
}
