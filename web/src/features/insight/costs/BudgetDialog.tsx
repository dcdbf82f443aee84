import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { toApiError } from '@/api/problem';
import type { Budget, Channel } from '@/api/schema';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { currencyOf, CURRENCIES } from './budgets';

const ALL = 'all';
const PERIODS = ['day', 'month'] as const;
const ACTIONS = ['warn', 'ask', 'hold'] as const;

interface BudgetDialogProps {
  /** The budget that is changed; null for a new one. */
  budget: Budget | null;
  channels: readonly Channel[];
  onDone: () => void;
  onClose: () => void;
}

/** Creates a budget, or changes its amount and what it does. */
export function BudgetDialog({ budget, channels, onDone, onClose }: BudgetDialogProps) {
  const { t } = useTranslation('insight');
  const [channel, setChannel] = useState(budget?.channelId ?? ALL);
  const [currency, setCurrency] = useState<Budget['currency']>(
    budget?.currency ?? currencyOf(channels, null),
  );
  const [amount, setAmount] = useState(budget?.amount ?? '');
  const [period, setPeriod] = useState<Budget['period']>(budget?.period ?? 'month');
  const [action, setAction] = useState<Budget['action']>(budget?.action ?? 'warn');
  const save = useMutation({
    mutationFn: () =>
      budget
        ? call(
            api.PATCH('/api/budgets/{id}', { params: { path: { id: budget.id } }, body: { amount, action } }),
          )
        : call(
            api.POST('/api/budgets', {
              body: { amount, action, period, currency, ...(channel !== ALL && { channelId: channel }) },
            }),
          ),
    onSuccess: onDone,
  });
  const choose = (id: string) => {
    setChannel(id);
    setCurrency(currencyOf(channels, id));
  };
  return (
    <FormDialog
      title={t(budget ? 'budgets.edit' : 'budgets.add')}
      submit={t('budgets.save')}
      isPending={save.isPending}
      error={save.error}
      fields={['amount']}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {!budget && (
        <>
          <Select
            label={t('budgets.scope')}
            value={channel}
            options={[
              { id: ALL, label: t('budgets.allNumbers') },
              ...channels.map(({ id, name }) => ({ id, label: name })),
            ]}
            onChange={choose}
          />
          <Select
            label={t('budgets.currency')}
            value={currency}
            options={CURRENCIES.map((id) => ({ id, label: id }))}
            onChange={setCurrency}
          />
          <Select
            label={t('budgets.period')}
            value={period}
            options={PERIODS.map((id) => ({ id, label: t(`budgets.${id}`) }))}
            onChange={setPeriod}
          />
        </>
      )}
      <Field
        label={t('budgets.amount')}
        value={amount}
        onChange={setAmount}
        error={save.error ? toApiError(save.error).fields.get('amount') : undefined}
        inputMode="decimal"
        isRequired
        autoFocus
      />
      <Select
        label={t('budgets.action')}
        value={action}
        options={ACTIONS.map((id) => ({ id, label: t(`budgets.does.${id}`) }))}
        onChange={setAction}
      />
    </FormDialog>
  );
}
