import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Megaphone, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '@/api/schema';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { campaignsQuery } from './api';
import { State } from './State';

function Campaigns() {
  const { t } = useTranslation('outreach');
  const { number, exact } = useFormats();
  const navigate = useNavigate();
  const campaigns = useInfiniteQuery(campaignsQuery);
  const rows = campaigns.data?.pages.flatMap(({ items }) => items) ?? [];
  const figure = (id: 'recipients' | 'delivered' | 'replied'): TableColumn<Campaign> => ({
    id,
    label: t(`funnel.${id}`),
    isFigure: true,
    cell: ({ funnel }) => number(funnel[id]),
  });
  const columns: TableColumn<Campaign>[] = [
    { id: 'name', label: t('name'), cell: ({ name }) => <bdi>{name}</bdi> },
    { id: 'state', label: t('stateLabel'), cell: (campaign) => <State campaign={campaign} /> },
    figure('recipients'),
    figure('delivered'),
    figure('replied'),
    {
      id: 'created',
      label: t('createdAt'),
      cell: ({ createdAt, startedAt }) => exact(startedAt ?? createdAt),
    },
  ];
  if (campaigns.isPending) return <Skeleton kind="row" count={6} />;
  if (campaigns.error && rows.length === 0) {
    return <ErrorPanel error={campaigns.error} onRetry={() => void campaigns.refetch()} />;
  }
  const open = ({ id: campaignId }: Campaign) =>
    void navigate({ to: '/campaigns/$campaignId', params: { campaignId } });
  return (
    <>
      <Table
        label={t('title')}
        columns={columns}
        rows={rows}
        onOpen={open}
        empty={
          <Empty icon={<Megaphone size={20} aria-hidden />} title={t('emptyTitle')}>
            {t('empty')}
          </Empty>
        }
      />
      <LoadMore pages={campaigns} />
    </>
  );
}

/** The campaigns of the business, the newest first. */
export function Screen() {
  const { t } = useTranslation('outreach');
  const navigate = useNavigate();
  const mayManage = useMay('campaigns:manage');
  const create = mayManage && (
    <Button
      look="primary"
      icon={<Plus size={16} aria-hidden />}
      onPress={() => void navigate({ to: '/campaigns/new' })}
    >
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={create}>
      <Needs permission="campaigns:manage">
        <Campaigns />
      </Needs>
    </Page>
  );
}
