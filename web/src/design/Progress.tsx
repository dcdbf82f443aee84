import css from './Progress.module.css';

/** How far something is; without a total it is under way. */
export function Progress({ label, done, total }: { label: string; done?: number; total?: number | null }) {
  return (
    <label className={css['progress']} role="status">
      <span className={css['label']}>{label}</span>
      {total ? (
        <progress className={css['bar']} value={done ?? 0} max={total} />
      ) : (
        <progress className={css['bar']} />
      )}
    </label>
  );
}
