import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Webhook, WebhookDelivery } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import css from './Webhooks.module.css';

/** While something is on its way, the list is read again this often. */
const EVERY = 3000;

const tones = { pending: 'amber', delivered: 'green', failed: 'red' } as const;

function useColumns(onReplay: (event: string) => void): TableColumn<WebhookDelivery & { id: string }>[] {
  const { t } = useTranslation('webhooks');
  const { exact, number } = useFormats();
  return [
    {
      id: 'event',
      label: t('eventHead'),
      cell: ({ eventType, happenedAt }) => (
        <span className={css['where']}>
          <code>{eventType}</code>
          <time dateTime={happenedAt} className={css['muted']}>
            {exact(happenedAt)}
          </time>
        </span>
      ),
    },
    {
      id: 'state',
      label: t('stateHead'),
      cell: ({ state, detail, nextAttemptAt }) => (
        <span className={css['where']}>
          <Badge tone={tones[state]}>{t(`delivery.${state}`)}</Badge>
          {detail && <span className={css['muted']}>{detail}</span>}
          {nextAttemptAt && (
            <span className={css['muted']}>{t('nextAttempt', { at: exact(nextAttemptAt) })}</span>
          )}
        </span>
      ),
    },
    { id: 'attempts', label: t('attempts'), isFigure: true, cell: ({ attempts }) => number(attempts) },
    {
      id: 'actions',
      label: t('actions'),
      isFigure: true,
      cell: ({ state, eventId }) =>
        state !== 'pending' && (
          <Button size="small" onPress={() => onReplay(eventId)}>
            {t('replay')}
          </Button>
        ),
    },
  ];
}

/** What a webhook received, or should have. */
export function Deliveries({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const cache = useQueryClient();
  const { id } = webhook;
  const queryKey = keys.deliveries(id);
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/webhooks/{id}/deliveries', {
          params: { path: { id }, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ state: one }) => one === 'pending')) && EVERY,
  });
  const replay = useMutation({
    mutationFn: (eventId: string) =>
      call(api.POST('/api/webhooks/{id}/deliveries/{eventId}/replay', { params: { path: { id, eventId } } })),
    onSettled: () => cache.invalidateQueries({ queryKey }),
  });
  const columns = useColumns((event) => replay.mutate(event));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const rows = items.map((delivery) => ({ ...delivery, id: delivery.eventId }));
  return (
    <Dialog title={t('deliveriesTitle')} isOpen onClose={onClose}>
      <p className={css['muted']}>{webhook.url}</p>
      {list.isPending && <Skeleton kind="row" count={5} />}
      {list.error && rows.length === 0 && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      {replay.error && <ErrorPanel error={replay.error} />}
      {list.data && (
        <Table
          label={t('deliveriesTitle')}
          columns={columns}
          rows={rows}
          empty={
            <Empty icon={<Send size={20} />} title={t('noDeliveryTitle')}>
              {t('noDelivery')}
            </Empty>
          }
        />
      )}
      <LoadMore pages={list} />
    </Dialog>
  );
}
