import { useInfiniteQuery } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Notice } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Json } from '@/design/Json';
import { LoadMore } from '@/design/LoadMore';
import { Fact, Facts } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import css from './Events.module.css';

function Whole({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { t } = useTranslation('insight');
  const { exact } = useFormats();
  return (
    <Dialog title={notice.field} look="wide" isOpen onClose={onClose}>
      <Facts>
        <Fact name={t('events.at')}>{exact(notice.at)}</Fact>
        <Fact name={t('events.id')}>
          <CopyText text={notice.id} />
        </Fact>
      </Facts>
      <Json value={notice.raw} label={t('events.raw')} />
    </Dialog>
  );
}

/** What WhatsApp told about the account. */
export function Notices() {
  const { t } = useTranslation('insight');
  const { exact } = useFormats();
  const [opened, setOpened] = useState<Notice | null>(null);
  const notices = useInfiniteQuery({
    queryKey: keys.notices,
    queryFn: ({ pageParam }) => {
      const query = { limit: 50, ...(pageParam && { cursor: pageParam }) };
      return call(api.GET('/api/notices', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns: TableColumn<Notice>[] = [
    { id: 'field', label: t('events.field'), cell: ({ field }) => <code>{field}</code> },
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
      id: 'raw',
      label: t('events.raw'),
      cell: ({ raw }) => <span className={css['raw']}>{JSON.stringify(raw)}</span>,
    },
  ];
  if (notices.isPending) return <Skeleton kind="row" count={6} />;
  if (!notices.data) return <ErrorPanel error={notices.error} onRetry={() => void notices.refetch()} />;
  return (
    <>
      <Table
        label={t('events.tab.notices')}
        columns={columns}
        rows={notices.data.pages.flatMap(({ items }) => items)}
        onOpen={setOpened}
        empty={
          <Empty icon={<BellRing size={20} />} title={t('events.noNoticeTitle')}>
            {t('events.noNotice')}
          </Empty>
        }
      />
      <LoadMore pages={notices} />
      {opened && <Whole notice={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
