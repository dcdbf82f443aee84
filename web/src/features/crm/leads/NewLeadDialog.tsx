import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { usersQuery } from '@/api/queries';
import type { Source, Stage } from '@/api/schema';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { existingLead, useCreateLead } from '../change';
import { bodyOf, emptyDetails } from '../details';
import { StageDot } from '../StageDot';
import { sources, stages } from '../stages';

const fields = ['name', 'phone', 'email', 'tags', 'value', 'currency', 'ownerId'] as const;

/** Creates a lead by hand. One that is known already is named. */
export function NewLeadDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['crm', 'common']);
  const navigate = useNavigate();
  const users = useQuery(usersQuery).data?.items ?? [];
  const [key] = useState(() => crypto.randomUUID());
  const [form, setForm] = useState(emptyDetails);
  const [stage, setStage] = useState<Stage>('New');
  const [source, setSource] = useState<Source>('Other');
  const create = useCreateLead(key);
  const known = existingLead(create.error);
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
    error: create.error ? toApiError(create.error).fields.get(name) : undefined,
    autoComplete: 'off',
  });
  const send = () =>
    create.mutate(
      { ...bodyOf(emptyDetails, form), stage, source },
      { onSuccess: ({ id }) => void navigate({ to: '/leads/$leadId', params: { leadId: id } }) },
    );
  return (
    <FormDialog
      title={t('newLead')}
      submit={t('createLead')}
      isPending={create.isPending}
      error={create.error}
      fields={fields}
      onSubmit={send}
      onClose={onClose}
    >
      <Field label={t('name')} maxLength={200} autoFocus {...field('name')} />
      <Field label={t('phone')} hint={t('phoneHint')} type="tel" {...field('phone')} />
      <Field label={t('email')} type="email" {...field('email')} />
      {known && (
        <p role="alert">
          <Link to="/leads/$leadId" params={{ leadId: known }}>
            {t('openExisting')}
          </Link>
        </p>
      )}
      <Field label={t('tags')} hint={t('tagsHint')} {...field('tags')} />
      <Field label={t('value')} type="number" {...field('value')} />
      <Field label={t('currency')} hint={t('currencyHint')} maxLength={3} {...field('currency')} />
      <Select
        label={t('owner')}
        value={form.ownerId}
        options={[
          { id: '', label: t('common:nobody') },
          ...users.filter(({ active }) => active).map(({ id, name }) => ({ id, label: name })),
        ]}
        onChange={(ownerId) => setForm({ ...form, ownerId })}
      />
      <Select
        label={t('stage')}
        value={stage}
        options={stages.map((id) => ({
          id,
          label: t(`common:stage.${id}`),
          icon: <StageDot stage={id} />,
        }))}
        onChange={setStage}
      />
      <Select
        label={t('source')}
        value={source}
        options={sources.map((id) => ({ id, label: t(`sources.${id}`) }))}
        onChange={setSource}
      />
    </FormDialog>
  );
}
