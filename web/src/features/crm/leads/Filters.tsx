import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';
import { Button } from '@/design/Button';
import { Field } from '@/design/Field';
import { Select } from '@/design/Select';
import { sources } from '../stages';
import css from './Filters.module.css';
import type { ListSearch } from './search';

type Change = Partial<Record<keyof ListSearch, string | undefined>>;

/** What the table is narrowed to besides the stages. */
export function Filters({ search, onChange }: { search: ListSearch; onChange: (change: Change) => void }) {
  const { t } = useTranslation(['crm', 'common']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const [text, setText] = useState(search.q ?? '');
  const [tag, setTag] = useState(search.tag ?? '');
  const find = (event: SyntheticEvent) => {
    event.preventDefault();
    onChange({ q: text.trim(), tag: tag.trim() });
  };
  return (
    <form role="search" className={css['filters']} onSubmit={find}>
      <Field
        label={t('searchLeads')}
        placeholder={t('searchHint')}
        type="search"
        value={text}
        onChange={setText}
        maxLength={200}
      />
      <Field label={t('tag')} value={tag} onChange={setTag} maxLength={50} />
      <Select
        label={t('owner')}
        value={search.owner ?? 'all'}
        options={[
          { id: 'all', label: t('anyOwner') },
          { id: 'me', label: t('common:you') },
          { id: 'none', label: t('common:nobody') },
          ...users.map(({ id, name }) => ({ id, label: name })),
        ]}
        onChange={(owner) => onChange({ owner: owner === 'all' ? undefined : owner })}
      />
      <Select
        label={t('source')}
        value={search.source ?? 'all'}
        options={[
          { id: 'all', label: t('anySource') },
          ...sources.map((id) => ({ id, label: t(`sources.${id}`) })),
        ]}
        onChange={(source) => onChange({ source: source === 'all' ? undefined : source })}
      />
      <Button type="submit">{t('common:search')}</Button>
    </form>
  );
}
