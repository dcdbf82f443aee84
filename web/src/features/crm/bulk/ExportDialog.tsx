import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Export, ExportBody } from '@/api/schema';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { ErrorLine } from '@/design/ErrorPanel';
import { Progress } from '@/design/Progress';
import { Select } from '@/design/Select';
import { useExport } from './api';
import css from './Bulk.module.css';

function Files({ job }: { job: Export }) {
  const { t } = useTranslation('kinds');
  return (
    <>
      <p role="status">{t('jobs.export.ready')}</p>
      <ul className={css['files']}>
        {job.files.map(({ url }, number) => (
          <li key={url}>
            <a href={url}>
              {job.files.length === 1
                ? t('jobs.export.download')
                : t('jobs.export.file', { number: number + 1 })}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Exports some leads, or their messages, and gives the files. */
export function ExportDialog({ of, onClose }: { of: ExportBody; onClose: () => void }) {
  const { t } = useTranslation(['kinds', 'common']);
  const [what, setWhat] = useState<'leads' | 'messages'>('leads');
  const [format, setFormat] = useState<'csv' | 'json'>('csv');
  const { job, mutate, isPending, error, data } = useExport();
  const total = job?.leads;
  const actions = (
    <>
      <Button onPress={onClose}>{t('common:close')}</Button>
      <Button look="primary" isPending={isPending} onPress={() => mutate({ ...of, what, format })}>
        {t('kinds:jobs.export.begin')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('kinds:jobs.export.title')} isOpen onClose={onClose} actions={actions}>
      <div className={css['form']}>
        <p>{t('kinds:jobs.export.text')}</p>
        <Select
          label={t('kinds:jobs.export.what')}
          value={what}
          options={[
            { id: 'leads', label: t('kinds:jobs.export.leads') },
            { id: 'messages', label: t('kinds:jobs.export.messages') },
          ]}
          onChange={setWhat}
        />
        <Select
          label={t('kinds:jobs.export.format')}
          value={format}
          options={[
            { id: 'csv', label: t('kinds:jobs.export.csv') },
            { id: 'json', label: t('kinds:jobs.export.json') },
          ]}
          onChange={setFormat}
        />
        {isPending && (
          <Progress
            label={
              total
                ? t('kinds:jobs.export.of', { done: job.leadsDone, total })
                : t('kinds:jobs.export.running')
            }
            done={job?.leadsDone ?? 0}
            total={total ?? null}
          />
        )}
        {error && <ErrorLine error={error} />}
        {data?.state === 'failed' && <p role="alert">{data.problem}</p>}
        {data?.state === 'done' && <Files job={data} />}
      </div>
    </Dialog>
  );
}
