import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChartColumn, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { settingsQuery } from '@/api/queries';
import type { Report, ReportCounts } from '@/api/schema';
import { Needs } from '@/app/Needs';
import { saveFile } from '@/app/saveFile';
import { useFormats } from '@/app/useFormats';
import { Bars } from '@/design/Bars';
import { Button } from '@/design/Button';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Page } from '@/design/Page';
import { Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { csvOf } from './csv';
import css from './Reports.module.css';
import { askedOf, changeOf, readReportSearch, spans, type ReportSearch } from './search';
import { useDuration } from './useDuration';

function useReport(search: ReportSearch) {
  const settings = useQuery(settingsQuery);
  const { dayKey } = useFormats();
  const [opened] = useState(() => Date.now());
  const query = askedOf(search, dayKey(opened));
  return useQuery({
    queryKey: keys.report(query),
    queryFn: () => call(api.GET('/api/reports', { params: { query } })),
    enabled: !settings.isPending,
    placeholderData: keepPreviousData,
  });
}

function Filters({ search }: { search: ReportSearch }) {
  const { t } = useTranslation('insight');
  const navigate = useNavigate({ from: '/reports' });
  const set = (name: keyof ReportSearch, value: string) =>
    void navigate({ search: (old) => readReportSearch({ ...old, [name]: value }), replace: true });
  const { span = '30' } = search;
  return (
    <div className={css['filters']} role="group" aria-label={t('reports.span')}>
      <Select
        label={t('reports.span')}
        value={span}
        options={spans.map((id) => ({ id, label: t(`reports.spans.${id}`) }))}
        onChange={(id) => set('span', id)}
      />
      {span === 'custom' && (
        <>
          <Field
            label={t('audit.from')}
            type="date"
            value={search.from ?? ''}
            onChange={(day) => set('from', day)}
          />
          <Field
            label={t('audit.to')}
            type="date"
            value={search.to ?? ''}
            onChange={(day) => set('to', day)}
          />
        </>
      )}
    </div>
  );
}

type Figure = 'received' | 'sent' | 'newLeads' | 'won' | 'answered' | 'failed';
const figures: readonly Figure[] = ['received', 'sent', 'answered', 'newLeads', 'won', 'failed'];

function Tiles({ report }: { report: Report }) {
  const { t } = useTranslation('insight');
  const { number } = useFormats();
  const duration = useDuration();
  const tile = (name: string, value: string, change: number | null) => (
    <div key={name} className={css['tile']}>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {change !== null && <span>{t('reports.change', { change: signed(change) })}</span>}
      </dd>
    </div>
  );
  const { total, before } = report;
  const response = (counts: ReportCounts) => counts.medianResponseSeconds;
  return (
    <dl className={css['tiles']}>
      {figures.map((name) =>
        tile(t(`reports.${name}`), number(total[name]), changeOf(total[name], before[name])),
      )}
      {tile(
        t('reports.medianResponse'),
        duration(response(total)),
        changeOf(response(total) ?? 0, response(before) ?? 0),
      )}
    </dl>
  );
}

const signed = (change: number): string => (change > 0 ? `+${change}` : `${change}`);

interface Row extends ReportCounts {
  id: string;
  name: string | null;
}

function Parts({ title, rows, columns }: { title: string; rows: Row[]; columns: TableColumn<Row>[] }) {
  return (
    <Panel title={title}>
      <Table label={title} columns={columns} rows={rows} />
    </Panel>
  );
}

function useColumns() {
  const { t } = useTranslation('insight');
  const { number } = useFormats();
  const duration = useDuration();
  const name = (label: string): TableColumn<Row> => ({
    id: 'name',
    label,
    cell: (row) => row.name ?? t('reports.gone'),
  });
  const count = (id: Exclude<keyof ReportCounts, `${string}Seconds`>): TableColumn<Row> => ({
    id,
    label: t(`reports.${id}`),
    isFigure: true,
    cell: (row) => number(row[id]),
  });
  const time = (id: 'medianResponseSeconds' | 'p90ResponseSeconds'): TableColumn<Row> => ({
    id,
    label: t(id === 'medianResponseSeconds' ? 'reports.medianResponse' : 'reports.p90Response'),
    isFigure: true,
    cell: (row) => duration(row[id]),
  });
  return {
    users: [
      name(t('reports.user')),
      count('sent'),
      count('answered'),
      time('medianResponseSeconds'),
      time('p90ResponseSeconds'),
    ],
    channels: [
      name(t('reports.channel')),
      count('received'),
      count('sent'),
      count('delivered'),
      count('read'),
      count('failed'),
    ],
    days: [name(t('reports.day')), ...figures.map(count), time('medianResponseSeconds')],
  };
}

/** A moment of the day, to write its date. */
const noon = (date: string): string => `${date}T12:00:00Z`;

function Content({ report }: { report: Report }) {
  const { t } = useTranslation(['insight', 'crm']);
  const { day, shortDay, number } = useFormats();
  const columns = useColumns();
  const { total } = report;
  if (total.received + total.sent + total.newLeads + total.failed === 0) {
    return (
      <Empty icon={<ChartColumn size={20} />} title={t('reports.emptyTitle')}>
        {t('reports.empty')}
      </Empty>
    );
  }
  const shown = (date: string) => day(noon(date));
  return (
    <>
      <Tiles report={report} />
      <Panel title={t('reports.messages')}>
        <Bars
          label={t('reports.plot')}
          rows={report.days}
          series={[
            { label: t('reports.received'), value: ({ received }) => received },
            { label: t('reports.sent'), value: ({ sent }) => sent },
          ]}
          name={({ date }) => shortDay(noon(date))}
          number={number}
        />
      </Panel>
      <Parts
        title={t('reports.users')}
        columns={columns.users}
        rows={report.users.map((user) => ({ ...user, id: user.userId }))}
      />
      <Parts
        title={t('reports.channels')}
        columns={columns.channels}
        rows={report.channels.map((channel) => ({ ...channel, id: channel.channelId }))}
      />
      <Parts
        title={t('reports.days')}
        columns={columns.days}
        rows={report.days.map((one) => ({ ...one, id: one.date, name: shown(one.date) })).reverse()}
      />
    </>
  );
}

/** What the business received, sent, won and lost in a span of days. */
export function Screen() {
  const { t } = useTranslation('insight');
  const search = useSearch({ from: '/shell/reports' });
  const report = useReport(search);
  const { data } = report;
  const download = data && (
    <Button
      icon={<Download size={16} aria-hidden />}
      onPress={() =>
        saveFile(`report-${data.from}-${data.to}.csv`, new Blob([csvOf(data)], { type: 'text/csv' }))
      }
    >
      {t('audit.csv')}
    </Button>
  );
  return (
    <Page title={t('reports.title')} actions={download}>
      <Needs permission="reports:read">
        <Filters search={search} />
        {report.error ? (
          <ErrorPanel error={report.error} onRetry={() => void report.refetch()} />
        ) : data ? (
          <Content report={data} />
        ) : (
          <Skeleton kind="row" count={8} />
        )}
      </Needs>
    </Page>
  );
}
