import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { channelsQuery } from '@/api/queries';
import type { Parked } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import css from './Events.module.css';
import { ParkedDialog } from './ParkedDialog';

/** Deliveries that could not be read, or were too large. */
export function ParkedList() {
  const { t } = useTranslation('insight');
  const { exact, number } = useFormats();
  const [opened, setOpened] = useState<string | null>(null);
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const parked = useInfiniteQuery({
    queryKey: keys.parked,
    queryFn: ({ pageParam }) => {
      const query = { limit: 50, ...(pageParam && { cursor: pageParam }) };
      return call(api.GET('/api/parked', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns: TableColumn<Parked>[] = [
    { id: 'reason', label: t('events.reason'), cell: ({ reason }) => <span lang="en">{reason}</span> },
    {
      id: 'at',
      label: t('events.at'),
      cell: ({ at }) => (
        <time dateTime={at} className={css['time']}>
          {exact(at)}
        </time>
      ),
    },
    {
      id: 'number',
      label: t('events.number'),
      cell: ({ phoneNumberId }) =>
        channels.find((channel) => channel.phoneNumberId === phoneNumberId)?.name ?? phoneNumberId,
    },
    { id: 'bytes', label: t('events.bytes'), isFigure: true, cell: ({ bytes }) => number(bytes) },
  ];
  if (parked.isPending) return <Skeleton kind="row" count={6} />;
  if (!parked.data) return <ErrorPanel error={parked.error} onRetry={() => void parked.refetch()} />;
  return (
    <>
      <Table
        label={t('events.tab.parked')}
        columns={columns}
        rows={parked.data.pages.flatMap(({ items }) => items)}
        onOpen={({ id }) => setOpened(id)}
        empty={
          <Empty icon={<PackageOpen size={20} />} title={t('events.noParkedTitle')}>
            {t('events.noParked')}
          </Empty>
        }
      />
      <LoadMore pages={parked} />
      {opened && <ParkedDialog id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
