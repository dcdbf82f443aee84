import { useTranslation } from 'react-i18next';
import css from './Skeleton.module.css';

/** Stands for what is loading, in its size, so that nothing jumps. `row` is a line of a list with an avatar. */
export function Skeleton({ kind = 'text', count = 1 }: { kind?: 'text' | 'row' | 'card'; count?: number }) {
  const { t } = useTranslation('common');
  return (
    <div className={css['stack']} role="status">
      <span className="visually-hidden">{t('loading')}</span>
      <span className={css['slow']} aria-hidden>
        {t('slow')}
      </span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={css[kind]} aria-hidden>
          {kind === 'row' && <span className={css['round']} />}
          <span className={css['bar']} />
        </div>
      ))}
    </div>
  );
}
