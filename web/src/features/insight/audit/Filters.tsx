import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { usersQuery } from '@/api/queries';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import { Field } from '@/design/Field';
import { Select } from '@/design/Select';
import { actions, isAction } from './actions';
import css from './Audit.module.css';
import { readAuditSearch, type AuditSearch } from './search';

const ALL = 'all';

/** The people and keys by their ids; keys only for those who may see them. */
export function useActors(): ReadonlyMap<string, string> {
  const mayKeys = useMay('keys:write');
  const users = useQuery(usersQuery).data?.items ?? [];
  const list = useQuery({
    queryKey: keys.apiKeys,
    queryFn: () => call(api.GET('/api/keys')),
    enabled: mayKeys,
  }).data?.items;
  return new Map([...users, ...(list ?? [])].map(({ id, name }) => [id, name]));
}

export function Filters({ search }: { search: AuditSearch }) {
  const { t } = useTranslation('insight');
  const navigate = useNavigate({ from: '/audit' });
  const actors = useActors();
  const set = (name: keyof AuditSearch, value: string) =>
    void navigate({
      search: (old) => readAuditSearch({ ...old, [name]: value === ALL ? '' : value }),
      replace: true,
    });
  const { action = ALL, by = ALL } = search;
  const unknownAction = action !== ALL && !isAction(action) ? [{ id: action, label: action }] : [];
  const unknownActor = by !== ALL && !actors.has(by) ? [{ id: by, label: by }] : [];
  return (
    <div className={css['filters']} role="group" aria-label={t('audit.filters')}>
      <Select
        label={t('audit.action')}
        value={action}
        options={[
          { id: ALL, label: t('audit.anyAction') },
          ...unknownAction,
          ...actions.map((id) => ({ id, label: t(`action.${id}`) })),
        ]}
        onChange={(id) => set('action', id)}
      />
      <Select
        label={t('audit.by')}
        value={by}
        options={[
          { id: ALL, label: t('audit.anyone') },
          ...unknownActor,
          ...Array.from(actors, ([id, label]) => ({ id, label })),
        ]}
        onChange={(id) => set('by', id)}
      />
      <Field
        label={t('audit.from')}
        type="date"
        value={search.from ?? ''}
        onChange={(value) => set('from', value)}
      />
      <Field
        label={t('audit.to')}
        type="date"
        value={search.to ?? ''}
        onChange={(value) => set('to', value)}
      />
      {Object.keys(search).length > 0 && (
        <Button look="quiet" onPress={() => void navigate({ search: {} })}>
          {t('audit.reset')}
        </Button>
      )}
    </div>
  );
}
