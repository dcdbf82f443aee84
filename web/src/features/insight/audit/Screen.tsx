import { useSearch } from '@tanstack/react-router';
import { Download, ScrollText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '@/api/schema';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { isAction } from './actions';
import css from './Audit.module.css';
import { Filters, useActors } from './Filters';
import { useAudit, useAuditFile } from './useAudit';

function useColumns(): TableColumn<AuditEntry>[] {
  const { t } = useTranslation('insight');
  const { exact, number } = useFormats();
  const actors = useActors();
  const name = (id: string) => (id === 'nobody' ? t('audit.nobody') : actors.get(id));
  return [
    {
      id: 'at',
      label: t('audit.at'),
      cell: ({ at }) => (
        <time dateTime={at} className={css['time']}>
          {exact(at)}
        </time>
      ),
    },
    { id: 'by', label: t('audit.by'), cell: ({ by }) => name(by) ?? <CopyText text={by} /> },
    {
      id: 'action',
      label: t('audit.action'),
      cell: ({ action }) => (isAction(action) ? t(`action.${action}`) : action),
    },
    {
      id: 'target',
      label: t('audit.target'),
      cell: ({ target }) => (
        <span className={css['target']}>
          {actors.get(target)}
          {target && <CopyText text={target} />}
        </span>
      ),
    },
    {
      id: 'detail',
      label: t('audit.detail'),
      cell: ({ detail, times }) => (
        <bdi className={css['detail']}>
          {detail} {times > 1 && `(×${number(times)})`}
        </bdi>
      ),
    },
    {
      id: 'link',
      label: t('audit.number'),
      isFigure: true,
      cell: ({ link }) => (link === null ? '' : number(link)),
    },
  ];
}

function Entries() {
  const { t } = useTranslation('insight');
  const search = useSearch({ from: '/shell/audit' });
  const audit = useAudit(search);
  const columns = useColumns();
  const rows = audit.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Filters search={search} />
      {audit.isPending ? (
        <Skeleton kind="row" count={8} />
      ) : audit.error && rows.length === 0 ? (
        <ErrorPanel error={audit.error} onRetry={() => void audit.refetch()} />
      ) : (
        <Table
          label={t('audit.title')}
          columns={columns}
          rows={rows}
          empty={
            <Empty icon={<ScrollText size={20} />} title={t('audit.emptyTitle')}>
              {t('audit.empty')}
            </Empty>
          }
        />
      )}
      <LoadMore pages={audit} />
    </>
  );
}

/** What was done, and by whom: a chain whose links depend on each other. */
export function Screen() {
  const { t } = useTranslation('insight');
  const mayRead = useMay('audit:read');
  const file = useAuditFile(useSearch({ from: '/shell/audit' }));
  const download = mayRead && (
    <Button
      icon={<Download size={16} aria-hidden />}
      isPending={file.isPending}
      onPress={() => file.mutate()}
    >
      {t('audit.csv')}
    </Button>
  );
  return (
    <Page title={t('audit.title')} actions={download}>
      <Needs permission="audit:read">
        <Entries />
      </Needs>
    </Page>
  );
}
