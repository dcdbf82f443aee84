import type { ReactNode } from 'react';
import css from './Kind.module.css';

interface CardProps {
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
}

/** A symbol, a title and lines below it: the form of kinds that have no picture. */
export function Card({ icon, title, children }: CardProps) {
  return (
    <div className={css['card']}>
      <span className={css['icon']} aria-hidden>
        {icon}
      </span>
      <div className={css['about']}>
        <bdi className={css['title']}>{title}</bdi>
        {children}
      </div>
    </div>
  );
}
