import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus, RefreshCw, ScrollText } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Template, TemplateStatus } from '@/api/schema';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { queryClient } from '@/app/query-client';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Empty } from '@/design/Empty';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { LoadMore } from '@/design/LoadMore';
import { Page } from '@/design/Page';
import { part } from '@/design/part';
import { Select } from '@/design/Select';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { syncQuery, templatesQuery, useSync } from './api';
import css from './Screen.module.css';
import { Quality, Status } from './Status';
import { plainName } from './text';

const TemplateDialog = part(() => import('./TemplateDialog').then(({ TemplateDialog }) => TemplateDialog));
const NewTemplateDialog = part(() =>
  import('./NewTemplateDialog').then(({ NewTemplateDialog }) => NewTemplateDialog),
);

const SHOWN = ['approved', 'pending', 'rejected', 'paused', 'disabled'] as const;
type Chosen = (typeof SHOWN)[number] | 'all';

function useColumns(): TableColumn<Template>[] {
  const { t, i18n } = useTranslation('kinds');
  const languages = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const language = (code: string): string => {
    try {
      return languages.of(code.replace('_', '-')) ?? code;
    } catch {
      return code;
    }
  };
  return [
    {
      id: 'name',
      label: t('templates.name'),
      cell: ({ name, body }) => (
        <span className={css['name']}>
          <bdi>{plainName(name)}</bdi>
          <bdi className={css['body']}>{body}</bdi>
        </span>
      ),
    },
    { id: 'language', label: t('templates.language'), cell: (one) => language(one.language) },
    {
      id: 'category',
      label: t('templates.category'),
      cell: ({ category }) => t(`templates.categories.${category}`),
    },
    { id: 'status', label: t('templates.statusLabel'), cell: ({ status }) => <Status status={status} /> },
    {
      id: 'quality',
      label: t('templates.qualityLabel'),
      cell: ({ quality }) => <Quality quality={quality} />,
    },
  ];
}

/** How far the templates are read from WhatsApp. When it is done, the list is read again. */
function Progress() {
  const { t } = useTranslation('kinds');
  const { exact } = useFormats();
  const { data } = useQuery(syncQuery);
  const running = data?.items.find(({ state }) => state === 'running');
  const [wasRunning, setWasRunning] = useState(false);
  if (wasRunning !== (running !== undefined)) {
    setWasRunning(running !== undefined);
    if (!running) void queryClient.invalidateQueries({ queryKey: keys.templateLists });
  }
  const failed = data?.items.find(({ state }) => state === 'failed');
  const last = data?.items
    .map(({ endedAt }) => endedAt ?? '')
    .sort()
    .at(-1);
  return (
    <p
      role="status"
      className={css['progress']}
      data-failed={(!running && failed !== undefined) || undefined}
    >
      {running
        ? t('templates.syncing', { count: running.count })
        : failed
          ? t('templates.syncFailed', { problem: failed.problem })
          : last
            ? t('templates.syncedAt', { time: exact(last) })
            : t('templates.neverSynced')}
    </p>
  );
}

function Templates() {
  const { t } = useTranslation('kinds');
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<Chosen>('all');
  const [opened, setOpened] = useState<Template | null>(null);
  const filter = {
    ...(search.trim() && { name: search.trim() }),
    ...(status !== 'all' && { status: status satisfies TemplateStatus }),
  };
  const templates = useInfiniteQuery({ ...templatesQuery(filter), placeholderData: (before) => before });
  const rows = templates.data?.pages.flatMap(({ items }) => items) ?? [];
  const isFiltered = Object.keys(filter).length > 0;
  const columns = useColumns();
  const options = [
    { id: 'all' as const, label: t('templates.all') },
    ...SHOWN.map((id) => ({ id, label: t(`templates.status.${id}`) })),
  ];
  return (
    <>
      <div className={css['filters']}>
        <Field label={t('templates.search')} type="search" value={search} onChange={setSearch} />
        <Select<Chosen>
          label={t('templates.statusLabel')}
          value={status}
          options={options}
          onChange={setStatus}
        />
      </div>
      {templates.isPending ? (
        <Skeleton kind="row" count={8} />
      ) : templates.error && rows.length === 0 ? (
        <ErrorPanel error={templates.error} onRetry={() => void templates.refetch()} />
      ) : (
        <Table
          label={t('templates.title')}
          columns={columns}
          rows={rows}
          onOpen={setOpened}
          empty={
            <Empty icon={<ScrollText size={20} />} title={t('templates.emptyTitle')}>
              {isFiltered ? t('templates.emptyFiltered') : t('templates.empty')}
            </Empty>
          }
        />
      )}
      <LoadMore pages={templates} />
      {opened && (
        <Suspense>
          <TemplateDialog template={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </>
  );
}

/** The templates of all accounts, as WhatsApp last listed them. */
export function Screen() {
  const { t } = useTranslation('kinds');
  const mayManage = useMay('templates:write');
  const sync = useSync();
  const isRunning = useQuery(syncQuery).data?.items.some(({ state }) => state === 'running') ?? false;
  const [isCreating, setCreating] = useState(false);
  const actions = mayManage && (
    <>
      <Button
        icon={<RefreshCw size={16} aria-hidden />}
        isPending={sync.isPending || isRunning}
        onPress={() => sync.mutate()}
      >
        {t('templates.sync')}
      </Button>
      <Button look="primary" icon={<Plus size={16} aria-hidden />} onPress={() => setCreating(true)}>
        {t('templates.create')}
      </Button>
    </>
  );
  return (
    <Page title={t('templates.title')} actions={actions}>
      <Needs permission="inbox:read">
        <Progress />
        {sync.error && <ErrorLine error={sync.error} />}
        <Templates />
        {isCreating && (
          <Suspense>
            <NewTemplateDialog onClose={() => setCreating(false)} />
          </Suspense>
        )}
      </Needs>
    </Page>
  );
}
