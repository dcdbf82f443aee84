import type { ReactNode } from 'react';
import css from './Page.module.css';

/** The frame of a screen that is no three-pane one: a title, what one can do, the content. */
export function Page({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={css['page']}>
      <header className={css['header']}>
        <h1>{title}</h1>
        {actions && <div className={css['actions']}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
