import { useQuery } from '@tanstack/react-query';
import { Plus, Zap } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuickReply } from '@/api/schema';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { quickRepliesQuery, useRemove } from './api';
import { ReplyDialog } from './ReplyDialog';

function useColumns(onEdit: (reply: QuickReply) => void, onRemove: (reply: QuickReply) => void) {
  const { t } = useTranslation('kinds');
  const columns: TableColumn<QuickReply>[] = [
    { id: 'name', label: t('jobs.quick.name'), cell: ({ name }) => <bdi>/{name}</bdi> },
    { id: 'text', label: t('jobs.quick.text'), cell: ({ text }) => <bdi>{text}</bdi> },
    {
      id: 'shared',
      label: t('jobs.quick.whose'),
      cell: ({ shared }) => (shared ? t('jobs.quick.everybody') : t('jobs.quick.own')),
    },
    {
      id: 'actions',
      label: t('jobs.bulk.actions'),
      isFigure: true,
      cell: (reply) =>
        reply.mayChange && (
          <>
            <Button size="small" onPress={() => onEdit(reply)}>
              {t('jobs.quick.edit')}
            </Button>{' '}
            <Button size="small" onPress={() => onRemove(reply)}>
              {t('jobs.quick.delete')}
            </Button>
          </>
        ),
    },
  ];
  return columns;
}

function Replies({ isNew, onNewClose }: { isNew: boolean; onNewClose: () => void }) {
  const { t } = useTranslation('kinds');
  const { data, error, isPending, refetch } = useQuery(quickRepliesQuery);
  const [edited, setEdited] = useState<QuickReply | null>(null);
  const [removed, setRemoved] = useState<QuickReply | null>(null);
  const remove = useRemove();
  const columns = useColumns(setEdited, setRemoved);
  if (isPending) return <Skeleton kind="row" count={6} />;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Table
        label={t('jobs.quick.title')}
        columns={columns}
        rows={data.items}
        empty={
          <Empty icon={<Zap size={20} />} title={t('jobs.quick.none')}>
            {t('jobs.quick.noneText')}
          </Empty>
        }
      />
      {(isNew || edited) && (
        <ReplyDialog
          key={edited?.id ?? 'new'}
          reply={edited}
          variables={data.variables}
          onClose={() => {
            setEdited(null);
            onNewClose();
          }}
        />
      )}
      {removed && (
        <Confirm
          title={t('jobs.quick.delete')}
          action={t('jobs.quick.delete')}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(removed.id, { onSuccess: () => setRemoved(null) })}
          onClose={() => setRemoved(null)}
        >
          /{removed.name}
        </Confirm>
      )}
    </>
  );
}

/** The quick replies, shared and one's own. */
export function Screen() {
  const { t } = useTranslation('kinds');
  const mayWrite = useMay('inbox:write');
  const [isNew, setNew] = useState(false);
  const actions = mayWrite && (
    <Button look="primary" icon={<Plus size={16} />} onPress={() => setNew(true)}>
      {t('jobs.quick.new')}
    </Button>
  );
  return (
    <Page title={t('jobs.quick.title')} actions={actions}>
      <Needs permission="inbox:read">
        <Replies isNew={isNew} onNewClose={() => setNew(false)} />
      </Needs>
    </Page>
  );
}
