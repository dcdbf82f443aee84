import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkBody, BulkChange } from '@/api/schema';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Progress } from '@/design/Progress';
import { showToast } from '@/design/toasts';
import { useBulk } from './api';
import css from './Bulk.module.css';

export interface BulkRun {
  run: (body: BulkBody) => void;
  isPending: boolean;
}

interface BarProps {
  count: number;
  /** Whether everything that matches is meant, and not only what is selected. */
  isAll: boolean;
  onAll: () => void;
  onEnd: () => void;
  children: (bulk: BulkRun) => ReactNode;
}

/** What can be done with everything that is selected, and how far it is. */
export function Bar({ count, isAll, onAll, onEnd, children }: BarProps) {
  const { t } = useTranslation('kinds');
  const { mutate, job, isPending, error } = useBulk();
  const tell = (done: BulkChange) => {
    if (done.state !== 'done') {
      showToast(done.problem ?? t('jobs.bulk.failed'), { look: 'error' });
      return;
    }
    const { changed, refused } = done.counts;
    const text = [
      t('jobs.bulk.done', { count: changed }),
      ...(refused > 0 ? [t('jobs.bulk.refused', { count: refused })] : []),
    ].join(' ');
    const undo = { label: t('jobs.bulk.undo'), run: () => mutate(done.id, { onSuccess: tell }) };
    showToast(text, done.canBeUndone && changed > 0 ? { action: undo } : {});
  };
  const run = (body: BulkBody) => mutate(body, { onSuccess: tell });
  return (
    <div className={css['bar']} role="region" aria-label={t('jobs.bulk.actions')}>
      <span className={css['count']} role="status">
        {isAll ? t('jobs.bulk.allChosen') : t('jobs.bulk.selected', { count })}
      </span>
      {!isAll && (
        <Button size="small" onPress={onAll}>
          {t('jobs.bulk.all')}
        </Button>
      )}
      {children({ run, isPending })}
      <Button size="small" look="quiet" onPress={onEnd}>
        {t('jobs.bulk.end')}
      </Button>
      {isPending && (
        <Progress
          label={
            job?.total ? t('jobs.bulk.of', { done: job.done, total: job.total }) : t('jobs.bulk.running')
          }
          done={job?.done ?? 0}
          total={job?.total ?? null}
        />
      )}
      {error && <ErrorLine error={error} />}
    </div>
  );
}
