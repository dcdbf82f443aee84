import { useQuery } from '@tanstack/react-query';
import { EyeOff, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { User } from '@/api/schema';
import { usersQuery } from '@/api/queries';
import { useMay, useMe } from '@/app/me';
import { Avatar } from '@/design/Avatar';
import { Badge } from '@/design/Badge';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { PersonActions } from './PersonActions';
import css from './Team.module.css';

function useColumns(): TableColumn<User>[] {
  const { t } = useTranslation(['team', 'common']);
  const me = useMe();
  const mayChange = useMay('users:write');
  const columns: TableColumn<User>[] = [
    {
      id: 'name',
      label: t('name'),
      cell: ({ id, name, email }) => (
        <span className={css['who']}>
          <Avatar name={name} seed={id} size="small" />
          <span className={css['text']}>
            <span className={css['name']}>
              <bdi>{name}</bdi>
              {id === me.id && ` (${t('common:you')})`}
            </span>
            <span className={css['muted']}>{email}</span>
          </span>
        </span>
      ),
    },
    { id: 'role', label: t('role'), cell: ({ role }) => t(`common:role.${role}`) },
    {
      id: 'sees',
      label: t('sees'),
      cell: ({ sees, masksPhones }) => (
        <span className={css['badges']}>
          {t(`seesWord.${sees}`)}
          {masksPhones && <Badge icon={<EyeOff size={16} aria-hidden />}>{t('masked')}</Badge>}
        </span>
      ),
    },
    {
      id: 'state',
      label: t('state'),
      cell: ({ active, secondFactor }) => (
        <span className={css['badges']}>
          <Badge tone={active ? 'green' : 'neutral'}>{t(active ? 'active' : 'inactive')}</Badge>
          {secondFactor && (
            <Badge tone="accent" icon={<ShieldCheck size={16} aria-hidden />}>
              {t('secondFactor')}
            </Badge>
          )}
        </span>
      ),
    },
  ];
  if (!mayChange) return columns;
  return [
    ...columns,
    { id: 'actions', label: t('actions'), isFigure: true, cell: (user) => <PersonActions user={user} /> },
  ];
}

export function People() {
  const { t } = useTranslation('team');
  const users = useQuery(usersQuery);
  const columns = useColumns();
  if (users.isPending) return <Skeleton kind="row" count={5} />;
  if (!users.data) return <ErrorPanel error={users.error} onRetry={() => void users.refetch()} />;
  return <Table label={t('tab.people')} columns={columns} rows={users.data.items} />;
}
