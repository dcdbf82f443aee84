import type { ReactNode } from 'react';
import css from './Panel.module.css';

/** A part of a screen on its own surface. */
export function Panel(props: { title: string; text?: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <section className={css['panel']}>
      <header className={css['header']}>
        <h2>{props.title}</h2>
        {props.actions && <div className={css['actions']}>{props.actions}</div>}
      </header>
      {props.text && <p className={css['text']}>{props.text}</p>}
      {props.children}
    </section>
  );
}

/** Names and values, such as those of a lead or a number. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={css['facts']}>{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
