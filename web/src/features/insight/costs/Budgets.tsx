import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { channelsQuery } from '@/api/queries';
import type { Budget } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Panel } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { shareOf } from './budgets';
import css from './Costs.module.css';

const BudgetDialog = lazy(() =>
  import('./BudgetDialog').then(({ BudgetDialog }) => ({ default: BudgetDialog })),
);

/** How much may be spent on messages, and how much is. */
export function Budgets() {
  const { t } = useTranslation('insight');
  const { money } = useFormats();
  const cache = useQueryClient();
  const mayChange = useMay('settings:write');
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const budgets = useQuery({
    queryKey: keys.budgets,
    queryFn: () => call(api.GET('/api/budgets')),
    refetchInterval: 60_000,
  });
  const [edited, setEdited] = useState<Budget | 'new' | null>(null);
  const [deleted, setDeleted] = useState<Budget | null>(null);
  const done = () => {
    void cache.invalidateQueries({ queryKey: keys.budgets });
    void cache.invalidateQueries({ queryKey: keys.heldMessages });
    setEdited(null);
    setDeleted(null);
  };
  const remove = useMutation({
    mutationFn: (id: string) => call(api.DELETE('/api/budgets/{id}', { params: { path: { id } } })),
    onSuccess: done,
  });
  const columns: TableColumn<Budget>[] = [
    {
      id: 'scope',
      label: t('budgets.scope'),
      cell: ({ channelId }) =>
        channelId === null
          ? t('budgets.allNumbers')
          : (channels.find(({ id }) => id === channelId)?.name ?? channelId),
    },
    {
      id: 'period',
      label: t('budgets.period'),
      cell: ({ period, current }) => `${t(`budgets.${period}`)}, ${current}`,
    },
    {
      id: 'spent',
      label: t('budgets.spent'),
      isFigure: true,
      cell: (budget) =>
        t('budgets.spentOf', {
          spent: money(budget.spent, budget.currency),
          amount: money(budget.amount, budget.currency),
          share: shareOf(budget),
        }),
    },
    { id: 'action', label: t('budgets.action'), cell: ({ action }) => t(`budgets.does.${action}`) },
    {
      id: 'state',
      label: t('budgets.state'),
      cell: ({ reached80At, reached100At }) =>
        t(reached100At ? 'budgets.reached100' : reached80At ? 'budgets.reached80' : 'budgets.fine'),
    },
    ...(mayChange
      ? [
          {
            id: 'change',
            label: t('budgets.change'),
            cell: (budget: Budget) => (
              <div className={css['rowActions']}>
                <Button size="small" onPress={() => setEdited(budget)}>
                  {t('budgets.edit')}
                </Button>
                <Button size="small" look="quiet" onPress={() => setDeleted(budget)}>
                  {t('budgets.delete')}
                </Button>
              </div>
            ),
          },
        ]
      : []),
  ];
  const add = mayChange && <Button onPress={() => setEdited('new')}>{t('budgets.add')}</Button>;
  return (
    <Panel title={t('budgets.title')} text={t('budgets.text')} actions={add}>
      {budgets.isPending && <Skeleton count={2} />}
      {budgets.error && <ErrorPanel error={budgets.error} onRetry={() => void budgets.refetch()} />}
      {budgets.data?.items.length === 0 && <p className={css['note']}>{t('budgets.none')}</p>}
      {budgets.data && budgets.data.items.length > 0 && (
        <Table label={t('budgets.title')} columns={columns} rows={budgets.data.items} />
      )}
      {edited && (
        <Suspense>
          <BudgetDialog
            budget={edited === 'new' ? null : edited}
            channels={channels}
            onDone={done}
            onClose={() => setEdited(null)}
          />
        </Suspense>
      )}
      {deleted && (
        <Confirm
          title={t('budgets.deleteTitle')}
          action={t('budgets.delete')}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(deleted.id)}
          onClose={() => setDeleted(null)}
        >
          {t('budgets.deleteText')}
        </Confirm>
      )}
    </Panel>
  );
}
