import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomField } from '@/api/schema';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { ErrorPanel } from '@/design/ErrorPanel';
import { IconButton } from '@/design/IconButton';
import { Panel } from '@/design/Panel';
import { part } from '@/design/part';
import { Skeleton } from '@/design/Skeleton';
import { fieldsQuery, useChangeField, useDeleteField } from '../fields';
import css from './LeadSettings.module.css';

const FieldDialog = part(() => import('./FieldDialog').then(({ FieldDialog }) => FieldDialog));

interface RowProps {
  field: CustomField;
  place: number;
  isLast: boolean;
  onEdit: () => void;
}

function FieldRow({ field, place, isLast, onEdit }: RowProps) {
  const { t } = useTranslation(['crm', 'common']);
  const change = useChangeField(field.key);
  const remove = useDeleteField(field.key);
  const [isAsked, setAsked] = useState(false);
  const { name } = field;
  return (
    <li className={css['row']}>
      <span className={css['text']}>
        <bdi>{name}</bdi>
        <span className={css['muted']}>
          {t(`fieldTypes.${field.type}`)} · {field.key}
        </span>
      </span>
      <IconButton
        label={t('moveUp', { name })}
        icon={<ArrowUp size={16} />}
        isDisabled={place === 0 || change.isPending}
        onPress={() => change.mutate({ position: place - 1 })}
      />
      <IconButton
        label={t('moveDown', { name })}
        icon={<ArrowDown size={16} />}
        isDisabled={isLast || change.isPending}
        onPress={() => change.mutate({ position: place + 1 })}
      />
      <IconButton label={t('editNamed', { name })} icon={<Pencil size={16} />} onPress={onEdit} />
      <IconButton
        label={t('deleteNamed', { name })}
        icon={<Trash2 size={16} />}
        onPress={() => setAsked(true)}
      />
      {isAsked && (
        <Confirm
          title={t('deleteNamed', { name })}
          action={t('deleteField')}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined, { onSuccess: () => setAsked(false) })}
          onClose={() => setAsked(false)}
        >
          {t('deleteFieldText')}
        </Confirm>
      )}
    </li>
  );
}

/** The custom fields of leads. */
export function Fields() {
  const { t } = useTranslation('crm');
  const fields = useQuery(fieldsQuery);
  const [edited, setEdited] = useState<CustomField | 'new' | null>(null);
  const items = fields.data?.items ?? [];
  const add = (
    <Button look="quiet" icon={<Plus size={16} />} onPress={() => setEdited('new')}>
      {t('newField')}
    </Button>
  );
  return (
    <Panel title={t('fields')} text={t('fieldsText')} actions={add}>
      {fields.isPending && <Skeleton count={3} />}
      {fields.error && !fields.data && (
        <ErrorPanel error={fields.error} onRetry={() => void fields.refetch()} />
      )}
      {fields.data && items.length === 0 && <p className={css['muted']}>{t('noFields')}</p>}
      <ul className={css['rows']}>
        {items.map((field, place) => (
          <FieldRow
            key={field.key}
            field={field}
            place={place}
            isLast={place === items.length - 1}
            onEdit={() => setEdited(field)}
          />
        ))}
      </ul>
      <Suspense>
        {edited !== null && (
          <FieldDialog field={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
        )}
      </Suspense>
    </Panel>
  );
}
