import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, Users } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lead } from '@/api/schema';
import { useCommands } from '@/app/commands';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Needs } from '@/app/Needs';
import { Avatar } from '@/design/Avatar';
import { Count } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Checkbox } from '@/design/Checkbox';
import { Chips } from '@/design/Chips';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Page } from '@/design/Page';
import { part } from '@/design/part';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { kindPart } from '@/i18n/kindPart';
import { useLeads } from '../leads';
import { useStageNames } from '../pipelines';
import { useSearch as useFound } from '../search';
import { segmentsQuery } from '../segments';
import { StageDot } from '../StageDot';
import { TagList } from '../TagList';
import { phoneOf, readStages, stages } from '../stages';
import { Filters } from './Filters';
import css from './Screen.module.css';
import { Views } from './Views';
import { readListSearch, sorted, sorts, type Sort } from './search';

const LeadBar = kindPart(() => import('../bulk/LeadBar').then(({ LeadBar }) => LeadBar));
const NewLead = part(() => import('./NewLeadDialog').then(({ NewLeadDialog }) => NewLeadDialog));

function useColumns(): TableColumn<Lead>[] {
  const { t } = useTranslation(['crm', 'inbox', 'common']);
  const { brief, exact } = useFormats();
  const stageName = useStageNames();
  const time = (at: string | null) =>
    at && (
      <time dateTime={at} title={exact(at)}>
        {brief(at)}
      </time>
    );
  return [
    {
      id: 'name',
      label: t('name'),
      isSortable: true,
      cell: (lead) => (
        <span className={css['who']}>
          <Avatar name={lead.name} seed={lead.id} size="small" />
          <span className={css['text']}>
            <bdi className={css['name']}>{lead.name}</bdi>
            <span className={css['muted']}>
              {phoneOf(lead) ?? (lead.username ? `@${lead.username}` : lead.email)}
            </span>
            <TagList tags={lead.tags} />
          </span>
          {lead.unread > 0 && <Count value={lead.unread} label={t('inbox:unread', { count: lead.unread })} />}
        </span>
      ),
    },
    {
      id: 'stage',
      label: t('stage'),
      isSortable: true,
      cell: ({ stage }) => (
        <span className={css['stage']}>
          <StageDot stage={stage} />
          {stageName(stage)}
        </span>
      ),
    },
    {
      id: 'lastMessage',
      label: t('lastMessage'),
      cell: ({ lastMessage }) => (
        <span className={css['last']}>
          {lastMessage?.direction === 'outbound' && `${t('common:you')}: `}
          <bdi>{lastMessage?.text}</bdi>
        </span>
      ),
    },
    {
      id: 'lastMessageAt',
      label: t('lastActive'),
      isSortable: true,
      cell: (lead) => time(lead.lastMessageAt),
    },
    { id: 'source', label: t('source'), isSortable: true, cell: ({ source }) => t(`sources.${source}`) },
    { id: 'createdAt', label: t('since'), isSortable: true, cell: (lead) => time(lead.createdAt) },
  ];
}

function Leads({ isSelecting, onEnd }: { isSelecting: boolean; onEnd: () => void }) {
  const { t, i18n } = useTranslation(['crm', 'common']);
  const search = useSearch({ from: '/shell/leads' });
  const navigate = useNavigate({ from: '/leads' });
  const chosen = readStages(search.stage);
  const { q, owner, source, tag } = search;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setSelected((now) => new Set(now.has(id) ? [...now].filter((other) => other !== id) : [...now, id]));
  const found = useFound(q ?? '');
  const segments = useQuery({ ...segmentsQuery, enabled: search.segment !== undefined }).data?.items ?? [];
  const segment = segments.find(({ id }) => id === search.segment);
  const stageName = useStageNames();
  const list = useLeads({ stages: chosen, owner, source, tag, segment });
  const columns = useColumns();
  const items = q ? found.data?.items : list.data?.pages.flatMap(({ items }) => items);
  const rows = sorted(items ?? [], search, i18n.language);
  const leads = q ? found : list;
  const isFiltered = [q, owner, source, tag, segment].some(Boolean) || chosen.length > 0;
  const isSort = (column: unknown): column is Sort => sorts.some((sort) => sort === column);
  const { sort, order = 'descending' } = search;

  return (
    <>
      <Filters
        search={search}
        onChange={(change) =>
          void navigate({ search: (old) => readListSearch({ ...old, ...change }), replace: true })
        }
      />
      <Views
        selected={search.segment}
        onSelect={(id) =>
          void navigate({ search: (old) => readListSearch({ ...old, q: '', segment: id ?? '' }) })
        }
      />
      <Chips
        label={t('filterStage')}
        chips={stages.map((id) => ({ id, label: stageName(id), icon: <StageDot stage={id} /> }))}
        selected={chosen}
        onChange={(next) =>
          void navigate({
            search: (old) => readListSearch({ ...old, q: '', stage: next.join(',') }),
          })
        }
      />
      {isSelecting && (
        <Suspense>
          <LeadBar
            ids={[...selected]}
            filter={{
              ...(chosen.length > 0 && { stages: chosen }),
              ...(owner && { owner }),
              ...(source && { source }),
              ...(tag && { tag }),
            }}
            onEnd={() => {
              setSelected(new Set());
              onEnd();
            }}
          />
        </Suspense>
      )}
      {leads.isPending ? (
        <Skeleton kind="row" count={8} />
      ) : leads.error && rows.length === 0 ? (
        <ErrorPanel error={leads.error} onRetry={() => void leads.refetch()} />
      ) : (
        <Table
          label={t('leads')}
          columns={columns}
          rows={rows}
          {...(isSelecting && {
            mark: ({ id, name }: Lead) => (
              <Checkbox isSelected={selected.has(id)} onChange={() => toggle(id)}>
                <span className="visually-hidden">{t('selectOne', { name })}</span>
              </Checkbox>
            ),
          })}
          sort={{ column: sort ?? 'lastMessageAt', direction: sort ? order : 'descending' }}
          onSort={({ column, direction }) => {
            if (isSort(column))
              void navigate({ search: (old) => ({ ...old, sort: column, order: direction }) });
          }}
          onOpen={({ id }) => void navigate({ to: '/leads/$leadId', params: { leadId: id } })}
          empty={
            <Empty icon={<Users size={20} />} title={t('emptyTitle')}>
              {isFiltered ? t('emptyFiltered') : t('empty')}
            </Empty>
          }
        />
      )}
      {!q && <LoadMore pages={list} />}
      {q && found.data?.hasMore && <p className={css['note']}>{t('searchMore')}</p>}
      {!q && list.hasNextPage && sort && (
        <p className={css['note']}>{t('sortedLoaded', { count: rows.length })}</p>
      )}
    </>
  );
}

/** The table of leads. Filter and order live in the address. */
export function Screen() {
  const { t } = useTranslation(['crm', 'common']);
  const mayWrite = useMay('inbox:write');
  const mayImport = useMay('leads:write');
  const [isOpen, setOpen] = useState(false);
  const [isSelecting, setSelecting] = useState(false);
  const commands = useMemo(
    () =>
      mayWrite
        ? [{ id: 'new-lead', label: t('newLead'), section: 'page' as const, run: () => setOpen(true) }]
        : [],
    [t, mayWrite],
  );
  useCommands(commands);
  const actions = (
    <>
      <Link to="/board">{t('common:nav.board')}</Link>
      <Link to="/possible-duplicates">{t('duplicates')}</Link>
      {mayImport && <Link to="/leads/import">{t('import')}</Link>}
      {mayWrite && !isSelecting && <Button onPress={() => setSelecting(true)}>{t('select')}</Button>}
      {mayWrite && (
        <Button look="primary" icon={<Plus size={16} />} onPress={() => setOpen(true)}>
          {t('newLead')}
        </Button>
      )}
    </>
  );
  return (
    <Page title={t('leads')} actions={actions}>
      <Needs permission="inbox:read">
        <Leads isSelecting={isSelecting} onEnd={() => setSelecting(false)} />
      </Needs>
      <Suspense>{isOpen && <NewLead onClose={() => setOpen(false)} />}</Suspense>
    </Page>
  );
}
