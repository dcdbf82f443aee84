import { Pencil, Plus, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deal } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { ErrorPanel } from '@/design/ErrorPanel';
import { IconButton } from '@/design/IconButton';
import { Panel } from '@/design/Panel';
import { part } from '@/design/part';
import { Skeleton } from '@/design/Skeleton';
import { useDeleteDeal, useLeadDeals } from '../deals';
import { useStageNames } from '../pipelines';
import { StageDot } from '../StageDot';
import css from './Lead.module.css';

const DealDialog = part(() => import('./DealDialog').then(({ DealDialog }) => DealDialog));

function DealRow({ deal, onEdit }: { deal: Deal; onEdit: () => void }) {
  const { t } = useTranslation('crm');
  const { money } = useFormats();
  const stageName = useStageNames(deal.pipelineId);
  const mayWrite = useMay('inbox:write');
  const remove = useDeleteDeal(deal);
  return (
    <li className={css['item']}>
      <span className={css['itemHead']}>
        <bdi>{deal.title}</bdi>
        {deal.value !== null && deal.currency && <strong>{money(deal.value, deal.currency)}</strong>}
        {mayWrite && (
          <>
            <IconButton
              label={t('editDealNamed', { title: deal.title })}
              icon={<Pencil size={16} />}
              onPress={onEdit}
            />
            <IconButton
              label={t('deleteDeal', { title: deal.title })}
              icon={<Trash2 size={16} />}
              isDisabled={remove.isPending}
              onPress={() => remove.mutate()}
            />
          </>
        )}
      </span>
      <span className={css['muted']}>
        <StageDot stage={deal.stage} /> {stageName(deal.stage)}
        {deal.expectedClose && ` · ${t('expectedOn', { day: deal.expectedClose })}`}
        {deal.lostReason && ` · ${deal.lostReason}`}
      </span>
    </li>
  );
}

/** The lead's deals, the newest first. */
export function Deals({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const mayWrite = useMay('inbox:write');
  const deals = useLeadDeals(id);
  const [edited, setEdited] = useState<Deal | 'new' | null>(null);
  const items = deals.data?.items ?? [];
  const add = (
    <Button look="quiet" icon={<Plus size={16} />} onPress={() => setEdited('new')}>
      {t('newDeal')}
    </Button>
  );
  return (
    <Panel title={t('deals')} actions={mayWrite ? add : undefined}>
      {deals.isPending && <Skeleton count={2} />}
      {deals.error && !deals.data && <ErrorPanel error={deals.error} onRetry={() => void deals.refetch()} />}
      {deals.data && items.length === 0 && <p className={css['muted']}>{t('noDeals')}</p>}
      <ul className={css['items']}>
        {items.map((deal) => (
          <DealRow key={deal.id} deal={deal} onEdit={() => setEdited(deal)} />
        ))}
      </ul>
      <Suspense>
        {edited !== null && (
          <DealDialog
            leadId={id}
            deal={edited === 'new' ? undefined : edited}
            onClose={() => setEdited(null)}
          />
        )}
      </Suspense>
    </Panel>
  );
}
