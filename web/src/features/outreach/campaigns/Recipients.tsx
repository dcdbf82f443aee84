import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignOutcome, CampaignRecipient } from '@/api/schema';
import { saveFile } from '@/app/saveFile';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Empty } from '@/design/Empty';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { recipientsQuery, useRecipientsFile } from './api';

const OUTCOMES: readonly CampaignOutcome[] = [
  'pending',
  'queued',
  'sent',
  'delivered',
  'read',
  'replied',
  'failed',
  'excluded',
];

/** The recipients of a campaign, by what has become of them. */
export function Recipients({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('outreach');
  const { exact } = useFormats();
  const [outcome, setOutcome] = useState<CampaignOutcome | 'all'>('all');
  const recipients = useInfiniteQuery(recipientsQuery(campaign.id, outcome));
  const file = useRecipientsFile(campaign.id);
  const rows = (recipients.data?.pages.flatMap(({ items }) => items) ?? []).map((one) => ({
    ...one,
    id: one.leadId,
  }));
  const columns: TableColumn<CampaignRecipient & { id: string }>[] = [
    {
      id: 'name',
      label: t('recipient'),
      cell: ({ leadId, name, phone }) => (
        <Link to="/leads/$leadId" params={{ leadId }}>
          <bdi>{name ?? phone ?? leadId}</bdi>
        </Link>
      ),
    },
    {
      id: 'outcome',
      label: t('outcomeLabel'),
      cell: (one) => (one.exclusion ? t(`exclusion.${one.exclusion}`) : t(`outcome.${one.outcome}`)),
    },
    { id: 'sentAt', label: t('sentAt'), cell: ({ sentAt }) => (sentAt ? exact(sentAt) : '') },
    { id: 'repliedAt', label: t('repliedAt'), cell: ({ repliedAt }) => (repliedAt ? exact(repliedAt) : '') },
  ];
  const options = [
    { id: 'all' as const, label: t('everyOutcome') },
    ...OUTCOMES.map((id) => ({ id, label: t(`outcome.${id}`) })),
  ];
  const save = () =>
    file.mutate(outcome, {
      onSuccess: (text) => saveFile('recipients.csv', new Blob([text], { type: 'text/csv' })),
    });
  const actions = (
    <>
      <Select label={t('outcomeLabel')} hideLabel value={outcome} options={options} onChange={setOutcome} />
      <Button icon={<Download size={16} aria-hidden />} isPending={file.isPending} onPress={save}>
        {t('download')}
      </Button>
    </>
  );
  return (
    <Panel title={t('recipients')} actions={actions}>
      {file.error && <ErrorLine error={file.error} />}
      {recipients.isPending ? (
        <Skeleton kind="row" count={5} />
      ) : recipients.error && rows.length === 0 ? (
        <ErrorPanel error={recipients.error} onRetry={() => void recipients.refetch()} />
      ) : (
        <Table
          label={t('recipients')}
          columns={columns}
          rows={rows}
          empty={
            <Empty icon={<Users size={20} aria-hidden />} title={t('noRecipientsTitle')}>
              {t('noRecipients')}
            </Empty>
          }
        />
      )}
      <LoadMore pages={recipients} />
    </Panel>
  );
}
