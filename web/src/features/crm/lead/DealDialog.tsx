import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { usersQuery } from '@/api/queries';
import type { Deal, DealBody, Stage } from '@/api/schema';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { useChangeDeal, useCreateDeal } from '../deals';
import { pipelinesQuery, useStageNames } from '../pipelines';
import { StageDot } from '../StageDot';
import { stages } from '../stages';

const said = ['title', 'value', 'currency', 'expectedClose', 'lostReason'] as const;

interface DealDialogProps {
  leadId: string;
  /** The deal to edit; without one, a new one is created. */
  deal?: Deal | undefined;
  onClose: () => void;
}

interface FormProps extends Omit<DealDialogProps, 'leadId'> {
  isPending: boolean;
  error: unknown;
  onSubmit: (body: DealBody & { title: string }) => void;
}

function DealForm({ deal, isPending, error, onSubmit, onClose }: FormProps) {
  const { t } = useTranslation(['crm', 'common']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const pipelines = useQuery(pipelinesQuery).data?.items ?? [];
  const [form, setForm] = useState({
    title: deal?.title ?? '',
    value: deal?.value?.toString() ?? '',
    currency: deal?.currency ?? '',
    expectedClose: deal?.expectedClose ?? '',
    lostReason: deal?.lostReason ?? '',
  });
  const [stage, setStage] = useState<Stage>(deal?.stage ?? 'New');
  const [ownerId, setOwner] = useState(deal?.ownerId ?? '');
  const [chosen, setPipeline] = useState(deal?.pipelineId ?? '');
  const pipelineId = chosen || (pipelines[0]?.id ?? '');
  const stageName = useStageNames(pipelineId);
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
    error: error ? toApiError(error).fields.get(name) : undefined,
    autoComplete: 'off',
  });
  const send = () => {
    const isLost = stage === 'Lost';
    const number = Number(form.value);
    onSubmit({
      title: form.title,
      stage,
      ...(pipelineId && { pipelineId }),
      value: form.value.trim() === '' || Number.isNaN(number) ? null : number,
      currency: form.value.trim() === '' ? null : form.currency.trim() || null,
      ownerId: ownerId || null,
      expectedClose: form.expectedClose || null,
      ...(isLost && { lostReason: form.lostReason.trim() || null }),
    });
  };
  return (
    <FormDialog
      title={deal ? t('editDeal') : t('newDeal')}
      submit={deal ? t('common:save') : t('createDeal')}
      isPending={isPending}
      error={error}
      fields={said}
      onSubmit={send}
      onClose={onClose}
    >
      <Field label={t('dealTitle')} maxLength={120} isRequired autoFocus {...field('title')} />
      <Field label={t('value')} type="number" {...field('value')} />
      <Field label={t('currency')} hint={t('currencyHint')} maxLength={3} {...field('currency')} />
      {pipelines.length > 1 && (
        <Select
          label={t('pipeline')}
          value={pipelineId}
          options={pipelines.map(({ id, name }) => ({ id, label: name }))}
          onChange={setPipeline}
        />
      )}
      <Select
        label={t('stage')}
        value={stage}
        options={stages.map((id) => ({ id, label: stageName(id), icon: <StageDot stage={id} /> }))}
        onChange={setStage}
      />
      {stage === 'Lost' && (
        <Field label={t('lostReason')} maxLength={500} lines={2} {...field('lostReason')} />
      )}
      <Select
        label={t('owner')}
        value={ownerId}
        options={[
          { id: '', label: t('common:nobody') },
          ...users
            .filter(({ active, id }) => active || id === ownerId)
            .map(({ id, name }) => ({ id, label: name })),
        ]}
        onChange={setOwner}
      />
      <Field label={t('expectedClose')} type="date" {...field('expectedClose')} />
    </FormDialog>
  );
}

function NewDeal({ leadId, onClose }: DealDialogProps) {
  const [key] = useState(() => crypto.randomUUID());
  const create = useCreateDeal(leadId, key);
  return (
    <DealForm
      isPending={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={({ value, currency, expectedClose, lostReason, ...body }) =>
        create.mutate(
          {
            ...body,
            ...(value !== null && value !== undefined && { value }),
            ...(currency && { currency }),
            ...(expectedClose && { expectedClose }),
            ...(lostReason && { lostReason }),
          },
          { onSuccess: onClose },
        )
      }
    />
  );
}

function EditDeal({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const change = useChangeDeal(deal);
  return (
    <DealForm
      deal={deal}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={(body) => change.mutate(body, { onSuccess: onClose })}
    />
  );
}

/** Creates or edits a deal. */
export function DealDialog({ leadId, deal, onClose }: DealDialogProps) {
  return deal ? <EditDeal deal={deal} onClose={onClose} /> : <NewDeal leadId={leadId} onClose={onClose} />;
}
