import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { part } from '@/design/part';
import { Select } from '@/design/Select';
import { useMoveLead } from '../leads';
import { pipelinesQuery, useBoardStages, useTotals } from '../pipelines';
import css from './Board.module.css';
import { Column } from './Column';

const DealColumns = part(() => import('./DealColumns').then(({ DealColumns }) => DealColumns));

function LeadColumns() {
  const { t } = useTranslation('crm');
  const mayMove = useMay('inbox:write');
  const { mutate } = useMoveLead();
  const totals = useTotals().data?.stages ?? [];
  return (
    <section aria-label={t('columns')} className={css['columns']}>
      {useBoardStages().map((stage) => (
        <Column
          key={stage}
          stage={stage}
          total={totals.find((one) => one.stage === stage)}
          mayMove={mayMove}
          onMove={(lead, to) => mutate({ lead, to })}
        />
      ))}
    </section>
  );
}

/** The pipeline: a column for each stage, a card for each lead, or for each deal of a pipeline. Cards move by mouse, finger,
 * keyboard and menu. */
export function Screen() {
  const { t } = useTranslation(['crm', 'common']);
  const { pipeline } = useSearch({ from: '/shell/board' });
  const navigate = useNavigate({ from: '/board' });
  const pipelines = useQuery(pipelinesQuery).data?.items ?? [];
  const shown = pipelines.find(({ id }) => id === pipeline);
  return (
    <div className={css['board']}>
      <header className={css['header']}>
        <h1>{t('common:nav.board')}</h1>
        <Select
          label={t('boardShows')}
          hideLabel
          look="quiet"
          value={shown?.id ?? ''}
          options={[
            { id: '', label: t('leads') },
            ...pipelines.map(({ id, name }) => ({ id, label: t('dealsOf', { pipeline: name }) })),
          ]}
          onChange={(id) => void navigate({ search: id ? { pipeline: id } : {} })}
        />
        <Link to="/leads">{t('asTable')}</Link>
      </header>
      <Needs permission="inbox:read">
        {shown ? (
          <Suspense>
            <DealColumns key={shown.id} pipelineId={shown.id} />
          </Suspense>
        ) : (
          <LeadColumns />
        )}
      </Needs>
    </div>
  );
}
