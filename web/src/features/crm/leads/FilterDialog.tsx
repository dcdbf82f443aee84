import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadFilter, Segment } from '@/api/schema';
import { Button } from '@/design/Button';
import { Checkbox } from '@/design/Checkbox';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Menu } from '@/design/Menu';
import { Select } from '@/design/Select';
import { fieldsQuery } from '../fields';
import { useChangeSegment, useSaveSegment } from '../segments';
import { ConditionRow } from './ConditionRow';
import { filterOf, groupOf, type Condition, type Group } from './filter';
import css from './Segments.module.css';

const kinds = ['stage', 'owner', 'tag', 'source', 'activity', 'created', 'consent', 'field'] as const;

interface FilterDialogProps {
  segment?: Segment | undefined;
  onSaved: (segment: Segment) => void;
  onClose: () => void;
}

interface FormProps extends Omit<FilterDialogProps, 'onSaved'> {
  isPending: boolean;
  error: unknown;
  onSubmit: (body: { name: string; filter: LeadFilter; shared: boolean }) => void;
}

const usable = (condition: Condition): Condition =>
  condition.kind === 'tag'
    ? { ...condition, values: condition.values.filter((tag) => tag.trim() !== '') }
    : condition;

function FilterForm({ segment, isPending, error, onSubmit, onClose }: FormProps) {
  const { t } = useTranslation(['crm', 'common']);
  const fields = useQuery(fieldsQuery).data?.items ?? [];
  const [name, setName] = useState(segment?.name ?? '');
  const [shared, setShared] = useState(segment?.shared ?? false);
  const [start] = useState(() =>
    segment ? groupOf(segment.filter) : { join: 'all' as const, conditions: [] },
  );
  const [group, setGroup] = useState<Group>(start ?? { join: 'all', conditions: [] });
  const isNested = start === null && segment !== undefined;
  const setConditions = (conditions: Condition[]) => setGroup({ ...group, conditions });
  const fresh = (kind: (typeof kinds)[number]): Condition => {
    switch (kind) {
      case 'stage':
      case 'source':
      case 'tag':
        return { kind, values: [] };
      case 'owner':
        return { kind, value: 'none' };
      case 'activity':
      case 'created':
        return { kind, isWithin: true, days: 30 };
      case 'consent':
        return { kind, allowed: true };
      case 'field':
        return { kind, key: fields[0]?.key ?? '', test: 'isFilled', value: '' };
    }
  };
  const send = () => {
    const whole = { ...group, conditions: group.conditions.map(usable) };
    onSubmit({ name, shared, filter: isNested ? segment.filter : filterOf(whole, fields) });
  };
  return (
    <FormDialog
      title={segment ? t('editView') : t('newView')}
      submit={t('saveView')}
      isPending={isPending}
      error={error}
      fields={[]}
      onSubmit={send}
      onClose={onClose}
    >
      <Field label={t('viewName')} maxLength={80} isRequired autoFocus value={name} onChange={setName} />
      {isNested ? (
        <p>{t('nestedFilter')}</p>
      ) : (
        <>
          <Select
            label={t('join')}
            value={group.join}
            options={[
              { id: 'all', label: t('joinAll') },
              { id: 'any', label: t('joinAny') },
            ]}
            onChange={(join) => setGroup({ ...group, join })}
          />
          <ul className={css['rows']}>
            {group.conditions.map((condition, place) => (
              <ConditionRow
                // The rows have no names of their own: a row is known by its place and kind.
                key={`${place}-${condition.kind}`}
                condition={condition}
                fields={fields}
                onChange={(next) => setConditions(group.conditions.with(place, next))}
                onRemove={() => setConditions(group.conditions.toSpliced(place, 1))}
              />
            ))}
          </ul>
          <Menu
            label={t('addCondition')}
            trigger={<Button>{t('addCondition')}</Button>}
            actions={kinds
              .filter((kind) => kind !== 'field' || fields.length > 0)
              .map((kind) => ({
                id: kind,
                label: t(`conditions.${kind}`),
                run: () => setConditions([...group.conditions, fresh(kind)]),
              }))}
          />
        </>
      )}
      <Checkbox isSelected={shared} onChange={setShared}>
        {t('shareView')}
      </Checkbox>
    </FormDialog>
  );
}

function NewView({ onSaved, onClose }: Omit<FilterDialogProps, 'segment'>) {
  const [key] = useState(() => crypto.randomUUID());
  const save = useSaveSegment(key);
  return (
    <FilterForm
      isPending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={(body) => save.mutate(body, { onSuccess: onSaved })}
    />
  );
}

function EditView({ segment, onSaved, onClose }: FilterDialogProps & { segment: Segment }) {
  const change = useChangeSegment(segment);
  return (
    <FilterForm
      segment={segment}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ shared, ...body }) =>
        change.mutate({ ...body, ...(shared !== segment.shared && { shared }) }, { onSuccess: onSaved })
      }
    />
  );
}

/** Builds a filter of leads and saves it as a view. */
export function FilterDialog({ segment, ...props }: FilterDialogProps) {
  return segment ? <EditView segment={segment} {...props} /> : <NewView {...props} />;
}
