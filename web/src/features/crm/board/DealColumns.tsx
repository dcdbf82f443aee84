import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, GripVertical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components/Button';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import { isTextDropItem, useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import type { Deal, Stage, StageTotals } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { ErrorPanel } from '@/design/ErrorPanel';
import { IconButton } from '@/design/IconButton';
import { LoadMore } from '@/design/LoadMore';
import { Menu } from '@/design/Menu';
import { Skeleton } from '@/design/Skeleton';
import { useDeals, useMoveDeal } from '../deals';
import { useBoardStages, useStageNames, useTotals } from '../pipelines';
import { StageDot } from '../StageDot';
import css from './Board.module.css';
import { Totals } from './Totals';

/** What a dragged card carries: the deal, as it was when the drag began. */
const DEAL = 'application/x-leadwire-deal';

interface ColumnProps {
  pipelineId: string;
  stage: Stage;
  total?: StageTotals | undefined;
  mayMove: boolean;
  onMove: (deal: Deal, to: Stage) => void;
}

function DealCard({ deal, pipelineId, mayMove, onMove }: Omit<ColumnProps, 'stage'> & { deal: Deal }) {
  const { t } = useTranslation('crm');
  const { money } = useFormats();
  const navigate = useNavigate();
  const stageName = useStageNames(pipelineId);
  const moves = useBoardStages(pipelineId).filter((stage) => mayMove && stage !== deal.stage);
  const label = t('cardMenu', { name: deal.title });
  return (
    <GridListItem id={deal.id} textValue={deal.title} className={css['card'] ?? ''}>
      <div className={css['who']}>
        <bdi className={css['name']}>{deal.title}</bdi>
        {mayMove && (
          <Button slot="drag" className={css['grip'] ?? ''} aria-label={t('drag', { name: deal.title })}>
            <GripVertical size={16} aria-hidden />
          </Button>
        )}
      </div>
      <p className={css['last']}>
        <bdi>{deal.leadName}</bdi>
      </p>
      <div className={css['foot']}>
        {deal.value !== null && deal.currency && <strong>{money(deal.value, deal.currency)}</strong>}
        {deal.expectedClose && <span>{t('expectedOn', { day: deal.expectedClose })}</span>}
        <span className={css['menu']}>
          <Menu
            label={label}
            trigger={<IconButton label={label} icon={<Ellipsis size={16} />} />}
            actions={[
              {
                id: 'lead',
                label: t('openLead'),
                run: () => void navigate({ to: '/leads/$leadId', params: { leadId: deal.leadId } }),
              },
              ...moves.map((stage) => ({
                id: stage,
                label: t('moveTo', { stage: stageName(stage) }),
                icon: <StageDot stage={stage} />,
                run: () => onMove(deal, stage),
              })),
            ]}
          />
        </span>
      </div>
    </GridListItem>
  );
}

function DealColumn(props: ColumnProps) {
  const { pipelineId, stage, total, mayMove, onMove } = props;
  const { t } = useTranslation('crm');
  const { number } = useFormats();
  const navigate = useNavigate();
  const pages = useDeals(pipelineId, stage);
  const deals = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const name = useStageNames(pipelineId)(stage);
  const count = total ? number(total.count) : `${number(deals.length)}${pages.hasNextPage ? '+' : ''}`;
  const { dragAndDropHooks } = useDragAndDrop<Deal>({
    isDisabled: !mayMove,
    getItems: (ids) =>
      [...ids].map((id) => {
        const deal = deals.find((one) => one.id === id);
        return { [DEAL]: JSON.stringify(deal), 'text/plain': deal?.title ?? String(id) };
      }),
    acceptedDragTypes: [DEAL],
    getDropOperation: (target) => (target.type === 'root' ? 'move' : 'cancel'),
    onRootDrop: ({ items }) => {
      for (const item of items.filter(isTextDropItem)) {
        void item.getText(DEAL).then((text) => {
          const deal = JSON.parse(text) as Deal;
          if (deal.stage !== stage) onMove(deal, stage);
        });
      }
    },
  });
  return (
    <section className={css['column']} aria-label={name}>
      <header className={css['stage']}>
        <StageDot stage={stage} colour={total?.colour} />
        <h2>{name}</h2>
        {pages.data && <span className={css['count']}>{count}</span>}
      </header>
      {total && <Totals total={total} />}
      {pages.isPending && <Skeleton kind="card" count={3} />}
      {pages.error && !pages.data && <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && (
        <GridList
          aria-label={t('dealsIn', { stage: name })}
          items={deals}
          dependencies={[mayMove]}
          dragAndDropHooks={dragAndDropHooks}
          onAction={(id) => {
            const deal = deals.find((one) => one.id === id);
            if (deal) void navigate({ to: '/leads/$leadId', params: { leadId: deal.leadId } });
          }}
          renderEmptyState={() => <p className={css['empty']}>{t('emptyDeals')}</p>}
          className={css['cards'] ?? ''}
        >
          {(deal) => <DealCard {...props} deal={deal} />}
        </GridList>
      )}
      <LoadMore pages={pages} />
    </section>
  );
}

/** The deals of a pipeline: a column for each stage, a card for each deal. */
export function DealColumns({ pipelineId }: { pipelineId: string }) {
  const { t } = useTranslation('crm');
  const mayMove = useMay('inbox:write');
  const { mutate } = useMoveDeal();
  const stageName = useStageNames(pipelineId);
  const totals = useTotals(pipelineId).data?.stages ?? [];
  return (
    <section aria-label={t('columns')} className={css['columns']}>
      {useBoardStages(pipelineId).map((stage) => (
        <DealColumn
          key={stage}
          pipelineId={pipelineId}
          stage={stage}
          total={totals.find((one) => one.stage === stage)}
          mayMove={mayMove}
          onMove={(deal, to) => mutate({ deal, to, name: stageName(to) })}
        />
      ))}
    </section>
  );
}
