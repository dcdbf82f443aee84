import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { HeldMessage } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Panel } from '@/design/Panel';
import { Table, type TableColumn } from '@/design/Table';
import { useHeld } from '../../inbox/held';
import css from './Costs.module.css';

/** The messages that are held for what they cost, the oldest first. */
export function HeldMessages() {
  const { t } = useTranslation('insight');
  const { money, exact } = useFormats();
  const held = useInfiniteQuery({
    queryKey: keys.heldMessages,
    queryFn: ({ pageParam }) =>
      call(api.GET('/api/messages/held', { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: 60_000,
  });
  if (held.error) return <ErrorPanel error={held.error} onRetry={() => void held.refetch()} />;
  const items = held.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0 && !held.hasNextPage) return null;
  const columns: TableColumn<HeldMessage>[] = [
    {
      id: 'text',
      label: t('held.message'),
      cell: ({ conversationId, text }) => (
        <Link to="/inbox/$conversationId" params={{ conversationId }}>
          <bdi>{text}</bdi>
        </Link>
      ),
    },
    { id: 'reason', label: t('held.reason'), cell: ({ reason }) => t(reasonKey(reason)) },
    {
      id: 'agreed',
      label: t('held.agreed'),
      isFigure: true,
      cell: ({ agreed, price }) => (agreed === null ? t('costs.unknown') : money(agreed, price.currency)),
    },
    {
      id: 'price',
      label: t('held.price'),
      isFigure: true,
      cell: ({ price }) => (price.amount === null ? t('costs.unknown') : money(price.amount, price.currency)),
    },
    { id: 'expires', label: t('held.expires'), cell: ({ expiresAt }) => exact(expiresAt) },
    { id: 'actions', label: t('held.actions'), cell: (message) => <Actions message={message} /> },
  ];
  return (
    <Panel title={t('held.title')} text={t('held.text')}>
      <Table label={t('held.title')} columns={columns} rows={items} />
      {held.hasNextPage && (
        <Button isPending={held.isFetchingNextPage} onPress={() => void held.fetchNextPage()}>
          {t('held.more')}
        </Button>
      )}
    </Panel>
  );
}

const reasonKey = (reason: HeldMessage['reason']) =>
  reason === 'budget_spent' ? ('held.budget' as const) : ('held.priceChanged' as const);

function Actions({ message }: { message: HeldMessage }) {
  const { t } = useTranslation('insight');
  const maySend = useMay('inbox:write');
  const { approve, cancel } = useHeld(message);
  if (!maySend) return null;
  return (
    <div className={css['rowActions']}>
      {message.approvable && (
        <Button
          size="small"
          isPending={approve.isPending}
          onPress={() => approve.mutate(message.price.amount)}
        >
          {t('held.approve')}
        </Button>
      )}
      <Button size="small" look="quiet" isPending={cancel.isPending} onPress={() => cancel.mutate()}>
        {t('held.cancel')}
      </Button>
    </div>
  );
}
