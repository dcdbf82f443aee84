import { useQuery } from '@tanstack/react-query';
import { Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '@/api/queries';
import { Needs } from '@/app/Needs';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { Channel } from './Channel';
import css from './Channel.module.css';

function Numbers() {
  const { t } = useTranslation('channels');
  const channels = useQuery(channelsQuery);
  if (channels.isPending) return <Skeleton kind="card" count={2} />;
  if (!channels.data) return <ErrorPanel error={channels.error} onRetry={() => void channels.refetch()} />;
  if (channels.data.items.length === 0) {
    return (
      <Empty icon={<Phone size={20} />} title={t('emptyTitle')}>
        {t('empty')}
      </Empty>
    );
  }
  return (
    <div className={css['list']}>
      {channels.data.items.map((channel) => (
        <Channel key={channel.id} channel={channel} />
      ))}
    </div>
  );
}

/** The connected numbers, and whether WhatsApp takes what they send. */
export function Screen() {
  const { t } = useTranslation('channels');
  return (
    <Page title={t('title')}>
      <Needs permission="inbox:read">
        <Numbers />
      </Needs>
    </Page>
  );
}
