import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { GridList } from 'react-aria-components/GridList';
import { isTextDropItem, useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { keys } from '@/api/keys';
import type { Pages } from '@/api/pages';
import type { Lead, Stage, StageTotals } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Skeleton } from '@/design/Skeleton';
import { useLeads } from '../leads';
import { useStageNames } from '../pipelines';
import { StageDot } from '../StageDot';
import css from './Board.module.css';
import { Card } from './Card';
import { Totals } from './Totals';

/** What a dragged card carries: the lead's id. */
const LEAD = 'application/x-leadwire-lead';

interface ColumnProps {
  stage: Stage;
  /** What stands in the stage, if the viewer may know. */
  total?: StageTotals | undefined;
  mayMove: boolean;
  onMove: (lead: Lead, to: Stage) => void;
}

function useLeadDrag({ stage, mayMove, onMove }: ColumnProps, leads: readonly Lead[]) {
  const cache = useQueryClient();
  const find = (id: string): Lead | undefined =>
    cache
      .getQueriesData<Pages<Lead>>({ queryKey: keys.leadLists })
      .flatMap(([, data]) => data?.pages.flatMap(({ items }) => items) ?? [])
      .find((lead) => lead.id === id);
  return useDragAndDrop<Lead>({
    isDisabled: !mayMove,
    getItems: (ids) =>
      [...ids].map((id) => ({
        [LEAD]: String(id),
        'text/plain': leads.find((lead) => lead.id === id)?.name ?? String(id),
      })),
    acceptedDragTypes: [LEAD],
    getDropOperation: (target) => (target.type === 'root' ? 'move' : 'cancel'),
    onRootDrop: ({ items }) => {
      for (const item of items.filter(isTextDropItem)) {
        void item.getText(LEAD).then((id) => {
          const lead = find(id);
          if (lead && lead.stage !== stage) onMove(lead, stage);
        });
      }
    },
  });
}

export function Column(props: ColumnProps) {
  const { t } = useTranslation(['crm', 'common']);
  const { number } = useFormats();
  const navigate = useNavigate();
  const { stage, mayMove, total, onMove } = props;
  const pages = useLeads({ stages: [stage] });
  const leads = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const { dragAndDropHooks } = useLeadDrag(props, leads);
  const name = useStageNames()(stage);
  const count = total ? number(total.count) : `${number(leads.length)}${pages.hasNextPage ? '+' : ''}`;

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
          aria-label={t('leadsOf', { stage: name })}
          items={leads}
          dependencies={[mayMove]}
          dragAndDropHooks={dragAndDropHooks}
          onAction={(id) => void navigate({ to: '/leads/$leadId', params: { leadId: String(id) } })}
          renderEmptyState={() => <p className={css['empty']}>{t('emptyStage')}</p>}
          className={css['cards'] ?? ''}
        >
          {(lead) => <Card lead={lead} mayMove={mayMove} onMove={onMove} />}
        </GridList>
      )}
      <LoadMore pages={pages} />
    </section>
  );
}
