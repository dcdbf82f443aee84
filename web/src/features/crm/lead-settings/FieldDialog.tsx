import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import type { CustomField, Stage } from '@/api/schema';
import { Chips } from '@/design/Chips';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { fieldTypes, useChangeField, useCreateField } from '../fields';
import { useStageNames } from '../pipelines';
import { stages } from '../stages';

const said = ['name', 'choices'] as const;

interface Draft {
  name: string;
  type: CustomField['type'];
  choices: string[];
  requiredAt: Stage[];
}

interface FormProps {
  field?: CustomField | undefined;
  isPending: boolean;
  error: unknown;
  onSubmit: (draft: Draft) => void;
  onClose: () => void;
}

function FieldForm({ field, isPending, error, onSubmit, onClose }: FormProps) {
  const { t } = useTranslation(['crm', 'common']);
  const stageName = useStageNames();
  const [name, setName] = useState(field?.name ?? '');
  const [type, setType] = useState<CustomField['type']>(field?.type ?? 'text');
  const [choices, setChoices] = useState(field?.choices.join('\n') ?? '');
  const [requiredAt, setRequiredAt] = useState<Stage[]>(field?.requiredAt ?? []);
  const hasChoices = type === 'choice' || type === 'multiple_choice';
  const errorOf = (one: string) => (error ? toApiError(error).fields.get(one) : undefined);
  const lines = choices.split('\n').map((line) => line.trim());
  const send = () => onSubmit({ name, type, choices: hasChoices ? lines.filter(Boolean) : [], requiredAt });
  return (
    <FormDialog
      title={field ? t('editField') : t('newField')}
      submit={t('common:save')}
      isPending={isPending}
      error={error}
      fields={said}
      onSubmit={send}
      onClose={onClose}
    >
      <Field
        label={t('name')}
        maxLength={60}
        isRequired
        autoFocus
        value={name}
        onChange={setName}
        error={errorOf('name')}
      />
      {!field && (
        <Select
          label={t('fieldType')}
          value={type}
          options={fieldTypes.map((id) => ({ id, label: t(`fieldTypes.${id}`) }))}
          onChange={setType}
        />
      )}
      {hasChoices && (
        <Field
          label={t('choices')}
          hint={t('choicesHint')}
          lines={5}
          value={choices}
          onChange={setChoices}
          error={errorOf('choices')}
        />
      )}
      <div>
        <p>{t('requiredAt')}</p>
        <Chips
          label={t('requiredAt')}
          chips={stages.map((id) => ({ id, label: stageName(id) }))}
          selected={requiredAt}
          onChange={setRequiredAt}
        />
      </div>
    </FormDialog>
  );
}

function NewField({ onClose }: { onClose: () => void }) {
  const create = useCreateField();
  return (
    <FieldForm
      isPending={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={(draft) => create.mutate(draft, { onSuccess: onClose })}
    />
  );
}

function EditField({ field, onClose }: { field: CustomField; onClose: () => void }) {
  const change = useChangeField(field.key);
  return (
    <FieldForm
      field={field}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ name, choices, requiredAt }) =>
        change.mutate(
          { name, requiredAt, ...(field.choices.length > 0 && { choices }) },
          { onSuccess: onClose },
        )
      }
    />
  );
}

/** Creates a custom field, or changes its name, choices and the stages that require it. */
export function FieldDialog({ field, onClose }: { field?: CustomField | undefined; onClose: () => void }) {
  return field ? <EditField field={field} onClose={onClose} /> : <NewField onClose={onClose} />;
}
