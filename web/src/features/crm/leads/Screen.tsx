import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Lead } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Needs } from '@/app/Needs';
import { Avatar } from '@/design/Avatar';
import { Count } from '@/design/Badge';
import { Chips } from '@/design/Chips';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { useLeads } from '../leads';
import { StageDot } from '../StageDot';
import { phoneOf, readStages, stages } from '../stages';
import css from './Screen.module.css';
import { readListSearch, sorted, sorts, type Sort } from './search';

function useColumns(): TableColumn<Lead>[] {
  const { t } = useTranslation(['crm', 'inbox', 'common']);
  const { brief, exact } = useFormats();
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
            <span className={css['muted']}>{phoneOf(lead) ?? (lead.username && `@${lead.username}`)}</span>
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
          {t(`common:stage.${stage}`)}
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

function Leads() {
  const { t, i18n } = useTranslation(['crm', 'common']);
  const search = useSearch({ from: '/shell/leads' });
  const navigate = useNavigate({ from: '/leads' });
  const chosen = readStages(search.stage);
  const leads = useLeads(chosen);
  const columns = useColumns();
  const rows = sorted(leads.data?.pages.flatMap(({ items }) => items) ?? [], search, i18n.language);
  const isSort = (column: unknown): column is Sort => sorts.some((sort) => sort === column);
  const { sort, order = 'descending' } = search;

  return (
    <>
      <Chips
        label={t('filterStage')}
        chips={stages.map((id) => ({ id, label: t(`common:stage.${id}`), icon: <StageDot stage={id} /> }))}
        selected={chosen}
        onChange={(next) =>
          void navigate({
            search: ({ sort, order }) => readListSearch({ sort, order, stage: next.join(',') }),
          })
        }
      />
      {leads.isPending ? (
        <Skeleton kind="row" count={8} />
      ) : leads.error && rows.length === 0 ? (
        <ErrorPanel error={leads.error} onRetry={() => void leads.refetch()} />
      ) : (
        <Table
          label={t('leads')}
          columns={columns}
          rows={rows}
          sort={{ column: sort ?? 'lastMessageAt', direction: sort ? order : 'descending' }}
          onSort={({ column, direction }) => {
            if (isSort(column))
              void navigate({ search: (old) => ({ ...old, sort: column, order: direction }) });
          }}
          onOpen={({ id }) => void navigate({ to: '/leads/$leadId', params: { leadId: id } })}
          empty={
            <Empty icon={<Users size={20} />} title={t('emptyTitle')}>
              {chosen.length > 0 ? t('emptyFiltered') : t('empty')}
            </Empty>
          }
        />
      )}
      <LoadMore pages={leads} />
      {leads.hasNextPage && sort && (
        <p className={css['note']}>{t('sortedLoaded', { count: rows.length })}</p>
      )}
    </>
  );
}

/** The table of leads. Filter and order live in the address. */
export function Screen() {
  const { t } = useTranslation(['crm', 'common']);
  return (
    <Page title={t('leads')} actions={<Link to="/board">{t('common:nav.board')}</Link>}>
      <Needs permission="inbox:read">
        <Leads />
      </Needs>
    </Page>
  );
}
