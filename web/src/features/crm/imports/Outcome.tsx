import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/schema';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Fact, Facts, Panel } from '@/design/Panel';
import { Progress } from '@/design/Progress';
import { useCancel, useRun } from './api';
import css from './Screen.module.css';

function Counts({ job }: { job: Import }) {
  const { t } = useTranslation('kinds');
  const { created, updated, skipped, invalid } = job.counts;
  return (
    <Facts>
      <Fact name={t('jobs.import.wouldCreate')}>{created}</Fact>
      <Fact name={t('jobs.import.wouldUpdate')}>{updated}</Fact>
      <Fact name={t('jobs.import.skipped')}>{skipped}</Fact>
      <Fact name={t('jobs.import.invalid')}>{invalid}</Fact>
    </Facts>
  );
}

function Running({ job }: { job: Import }) {
  const { t } = useTranslation('kinds');
  const cancel = useCancel(job.id);
  const label = job.phase === 'run' ? t('jobs.import.running') : t('jobs.import.checking');
  const rows = t('jobs.import.rows', { done: job.rowsDone, total: job.rows ?? '…' });
  return (
    <Panel title={label}>
      <Progress label={rows} done={job.rowsDone} total={job.rows} />
      {cancel.error && <ErrorLine error={cancel.error} />}
      <div className={css['buttons']}>
        <Button isPending={cancel.isPending} onPress={() => cancel.mutate()}>
          {t('jobs.import.cancel')}
        </Button>
      </div>
    </Panel>
  );
}

const Report = ({ job }: { job: Import }) => {
  const { t } = useTranslation('kinds');
  return job.reportUrl ? <a href={job.reportUrl}>{t('jobs.import.report')}</a> : null;
};

function Checked({ job, onChange }: { job: Import; onChange: () => void }) {
  const { t } = useTranslation('kinds');
  const run = useRun(job.id);
  const writes = job.counts.created + job.counts.updated;
  return (
    <Panel title={t('jobs.import.checkedTitle')} text={t('jobs.import.checkedText')}>
      <Counts job={job} />
      {run.error && <ErrorLine error={run.error} />}
      <div className={css['buttons']}>
        <Button
          look="primary"
          isDisabled={writes === 0}
          isPending={run.isPending}
          onPress={() => run.mutate()}
        >
          {t('jobs.import.run', { count: writes })}
        </Button>
        <Button onPress={onChange}>{t('jobs.import.change')}</Button>
        <Report job={job} />
      </div>
    </Panel>
  );
}

/** What came of the rows, or would come of them. */
export function Outcome({ job, onChange }: { job: Import; onChange: () => void }) {
  const { t } = useTranslation('kinds');
  if (job.state === 'running') return <Running job={job} />;
  if (job.state === 'waiting') return <Checked job={job} onChange={onChange} />;
  const titles = { done: 'done', failed: 'failed', cancelled: 'cancelled' } as const;
  return (
    <Panel title={t(`jobs.import.${titles[job.state]}`)} text={job.problem}>
      <Counts job={job} />
      <div className={css['buttons']}>
        <Link to="/leads">{t('jobs.import.seeLeads')}</Link>
        <Link to="/leads/import" search={{}}>
          {t('jobs.import.another')}
        </Link>
        <Report job={job} />
      </div>
    </Panel>
  );
}
