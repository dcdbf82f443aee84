import { useQuery } from '@tanstack/react-query';
import { ListFilter, Pencil, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Segment } from '@/api/schema';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { part } from '@/design/part';
import { Select } from '@/design/Select';
import { segmentsQuery, useDeleteSegment } from '../segments';
import css from './Segments.module.css';

const FilterDialog = part(() => import('./FilterDialog').then(({ FilterDialog }) => FilterDialog));

interface ViewsProps {
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}

function Actions({ segment, onEdit, onGone }: { segment: Segment; onEdit: () => void; onGone: () => void }) {
  const { t } = useTranslation('crm');
  const remove = useDeleteSegment(segment);
  const { name } = segment;
  return (
    <>
      <IconButton label={t('editNamed', { name })} icon={<Pencil size={16} />} onPress={onEdit} />
      <IconButton
        label={t('deleteNamed', { name })}
        icon={<Trash2 size={16} />}
        isDisabled={remove.isPending}
        onPress={() => remove.mutate(undefined, { onSuccess: onGone })}
      />
    </>
  );
}

/** The saved views of the table: one's own, and those that colleagues share. */
export function Views({ selected, onSelect }: ViewsProps) {
  const { t } = useTranslation('crm');
  const mayWrite = useMay('inbox:write');
  const segments = useQuery(segmentsQuery).data?.items ?? [];
  const [edited, setEdited] = useState<Segment | 'new' | null>(null);
  const segment = segments.find(({ id }) => id === selected);
  return (
    <div className={css['views']}>
      <Select
        label={t('view')}
        value={segment?.id ?? ''}
        options={[{ id: '', label: t('allLeads') }, ...segments.map(({ id, name }) => ({ id, label: name }))]}
        onChange={(id) => onSelect(id || undefined)}
      />
      {mayWrite && segment && (
        <Actions
          key={segment.id}
          segment={segment}
          onEdit={() => setEdited(segment)}
          onGone={() => onSelect(undefined)}
        />
      )}
      {mayWrite && (
        <Button icon={<ListFilter size={16} />} onPress={() => setEdited('new')}>
          {t('newView')}
        </Button>
      )}
      <Suspense>
        {edited !== null && (
          <FilterDialog
            segment={edited === 'new' ? undefined : edited}
            onSaved={({ id }) => {
              setEdited(null);
              onSelect(id);
            }}
            onClose={() => setEdited(null)}
          />
        )}
      </Suspense>
    </div>
  );
}
