import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Coins, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '@/api/queries';
import type { CostDifference } from '@/api/schema';
import { Needs } from '@/app/Needs';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { Select } from '@/design/Select';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { useActors } from '../audit/Filters';
import { Budgets } from './Budgets';
import css from './Costs.module.css';
import { HeldMessages } from './HeldMessages';
import { Plot } from './Plot';
import { monthOf, monthsBefore, sumsBy, type By, type Sum } from './sums';
import { useCosts, useCostsFile } from './useCosts';

const CHOICES: readonly By[] = ['category', 'channelId', 'by', 'template', 'day'];

/** What a sum is of, in words. */
function useNames(): (by: By, key: string | null) => string {
  const { t } = useTranslation('insight');
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const actors = useActors();
  return (by, key) => {
    if (key === null) return t('costs.none');
    switch (by) {
      case 'channelId':
        return channels.find(({ id }) => id === key)?.name ?? key;
      case 'by':
        return actors.get(key) ?? key;
      case 'category':
        return t(`costs.category.${key as NonNullable<CategoryName>}`);
      case 'template':
      case 'day':
        return key;
    }
  };
}
type CategoryName = 'marketing' | 'utility' | 'authentication' | 'authentication_international' | 'service';

function Sums({ sums, by }: { sums: Sum[]; by: By }) {
  const { t } = useTranslation('insight');
  const { money, number } = useFormats();
  const name = useNames();
  const figure = (id: 'settled' | 'open' | 'quoted'): TableColumn<Sum> => ({
    id,
    label: t(`costs.${id}`),
    isFigure: true,
    cell: (sum) => money(sum[id], sum.currency),
  });
  const columns: TableColumn<Sum>[] = [
    { id: 'key', label: t(`costs.by.${by}`), cell: ({ key }) => name(by, key) },
    {
      id: 'messages',
      label: t('costs.messages'),
      isFigure: true,
      cell: ({ messages }) => number(messages),
    },
    figure('quoted'),
    figure('open'),
    figure('settled'),
  ];
  return <Table label={t('costs.title')} columns={columns} rows={sums} />;
}

function Differences({ differences }: { differences: CostDifference[] }) {
  const { t } = useTranslation('insight');
  const { money } = useFormats();
  const shown = (amount: string | null, currency: string | null) =>
    amount === null ? t('costs.unknown') : money(amount, currency);
  const columns: TableColumn<CostDifference & { id: string }>[] = [
    {
      id: 'message',
      label: t('costs.message'),
      cell: ({ conversationId, messageId }) => (
        <Link to="/inbox/$conversationId" params={{ conversationId }}>
          {messageId}
        </Link>
      ),
    },
    {
      id: 'quoted',
      label: t('costs.quoted'),
      isFigure: true,
      cell: ({ quoted, currency }) => shown(quoted, currency),
    },
    {
      id: 'settled',
      label: t('costs.settled'),
      isFigure: true,
      cell: ({ settled, currency }) => shown(settled, currency),
    },
  ];
  const rows = differences.map((one) => ({ ...one, id: one.messageId }));
  return (
    <>
      <h2>{t('costs.differences')}</h2>
      <Table label={t('costs.differences')} columns={columns} rows={rows} />
    </>
  );
}

function Month({ month, by }: { month: string; by: By }) {
  const { t } = useTranslation('insight');
  const costs = useCosts(month);
  if (costs.isPending) return <Skeleton count={5} />;
  if (costs.error) return <ErrorPanel error={costs.error} onRetry={() => void costs.refetch()} />;
  const { items, differences, isWhole } = costs.data;
  if (items.length === 0) {
    return (
      <Empty icon={<Coins size={20} aria-hidden />} title={t('costs.emptyTitle')}>
        {t('costs.empty')}
      </Empty>
    );
  }
  const days = sumsBy(items, 'day');
  const currencies = [...new Set(days.flatMap(({ currency }) => currency ?? []))];
  return (
    <>
      {currencies.map((currency) => (
        <Plot key={currency} days={days} currency={currency} />
      ))}
      <Sums sums={sumsBy(items, by)} by={by} />
      <p className={css['note']}>{t(isWhole ? 'costs.note' : 'costs.partly')}</p>
      {differences.length > 0 && <Differences differences={differences} />}
    </>
  );
}

/** What messages cost in a month. */
export function Screen() {
  const { t } = useTranslation('insight');
  const { dayKey } = useFormats();
  const [opened] = useState(() => Date.now());
  const current = monthOf(dayKey(opened));
  const [month, setMonth] = useState(current);
  const [by, setBy] = useState<By>('category');
  const file = useCostsFile(month);
  const save = (
    <Button
      icon={<Download size={16} aria-hidden />}
      isPending={file.isPending}
      onPress={() => file.mutate()}
    >
      {t('audit.csv')}
    </Button>
  );
  return (
    <Page title={t('costs.title')} actions={save}>
      <Needs permission="costs:read">
        <div className={css['filters']}>
          <Select
            label={t('costs.month')}
            options={monthsBefore(current).map((id) => ({ id, label: id }))}
            value={month}
            onChange={setMonth}
          />
          <Select
            label={t('costs.sumBy')}
            options={CHOICES.map((id) => ({ id, label: t(`costs.by.${id}`) }))}
            value={by}
            onChange={setBy}
          />
        </div>
        <Month month={month} by={by} />
        <HeldMessages />
        <Budgets />
      </Needs>
    </Page>
  );
}
