import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';
import type { CustomField } from '@/api/schema';
import { Chips } from '@/design/Chips';
import { Field } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { Select } from '@/design/Select';
import { FieldInput } from '../FieldInput';
import { useStageNames } from '../pipelines';
import { sources, stages } from '../stages';
import { testsOf, type Condition } from './filter';
import css from './Segments.module.css';

interface RowProps {
  condition: Condition;
  fields: readonly CustomField[];
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

function FieldCondition({ condition, fields, onChange }: Omit<RowProps, 'onRemove'>) {
  const { t } = useTranslation('crm');
  if (condition.kind !== 'field') return null;
  const field = fields.find(({ key }) => key === condition.key);
  const isCompared = condition.test !== 'isEmpty' && condition.test !== 'isFilled';
  const choose = (key: string) => onChange({ kind: 'field', key, test: 'isFilled', value: '' });
  return (
    <>
      <Select
        label={t('field')}
        value={condition.key}
        options={fields.map(({ key, name }) => ({ id: key, label: name }))}
        onChange={choose}
      />
      <Select
        label={t('comparison')}
        value={condition.test}
        options={testsOf(field?.type ?? 'text').map((id) => ({ id, label: t(`tests.${id}`) }))}
        onChange={(test) => onChange({ ...condition, test })}
      />
      {isCompared && field && (
        <FieldInput
          // One choice is compared with, also where a lead has several.
          field={{ ...field, type: field.type === 'multiple_choice' ? 'choice' : field.type }}
          draft={condition.value}
          onChange={(draft) => onChange({ ...condition, value: String(draft) })}
        />
      )}
    </>
  );
}

function Values({ condition, fields, onChange }: Omit<RowProps, 'onRemove'>) {
  const { t } = useTranslation(['crm', 'common']);
  const stageName = useStageNames();
  const users = useQuery(usersQuery).data?.items ?? [];
  switch (condition.kind) {
    case 'stage':
      return (
        <Chips
          label={t('stage')}
          chips={stages.map((id) => ({ id, label: stageName(id) }))}
          selected={condition.values}
          onChange={(values) => onChange({ ...condition, values })}
        />
      );
    case 'source':
      return (
        <Chips
          label={t('source')}
          chips={sources.map((id) => ({ id, label: t(`sources.${id}`) }))}
          selected={condition.values}
          onChange={(values) => onChange({ ...condition, values })}
        />
      );
    case 'owner':
      return (
        <Select
          label={t('owner')}
          value={condition.value}
          options={[
            { id: 'none', label: t('common:nobody') },
            ...users.map(({ id, name }) => ({ id, label: name })),
          ]}
          onChange={(value) => onChange({ ...condition, value })}
        />
      );
    case 'tag':
      return (
        <Field
          label={t('tags')}
          hint={t('tagsHint')}
          value={condition.values.join(',')}
          onChange={(text) =>
            onChange({ ...condition, values: text.split(',').map((tag) => tag.trimStart()) })
          }
        />
      );
    case 'activity':
    case 'created':
      return (
        <>
          <Select
            label={t(`conditions.${condition.kind}`)}
            value={condition.isWithin ? 'within' : 'before'}
            options={[
              { id: 'within', label: t('withinDays') },
              { id: 'before', label: t('beforeDays') },
            ]}
            onChange={(id) => onChange({ ...condition, isWithin: id === 'within' })}
          />
          <Field
            label={t('days')}
            type="number"
            value={String(condition.days)}
            onChange={(text) => onChange({ ...condition, days: Number(text) })}
          />
        </>
      );
    case 'consent':
      return (
        <Select
          label={t('consent.kind.marketing')}
          value={condition.allowed === null ? 'unknown' : condition.allowed ? 'allowed' : 'refused'}
          options={[
            { id: 'allowed', label: t('consent.allowed') },
            { id: 'refused', label: t('consent.refused') },
            { id: 'unknown', label: t('consentUnknown') },
          ]}
          onChange={(id) => onChange({ ...condition, allowed: id === 'unknown' ? null : id === 'allowed' })}
        />
      );
    case 'field':
      return <FieldCondition condition={condition} fields={fields} onChange={onChange} />;
  }
}

/** One condition of a filter. */
export function ConditionRow({ onRemove, ...props }: RowProps) {
  const { t } = useTranslation('crm');
  return (
    <li className={css['row']}>
      <span className={css['values']}>
        <Values {...props} />
      </span>
      <IconButton label={t('removeCondition')} icon={<Trash2 size={16} />} onPress={onRemove} />
    </li>
  );
}
