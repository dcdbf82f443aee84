import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Key } from '@/api/schema';
import { usersQuery } from '@/api/queries';
import { useMe } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { showToast } from '@/design/toasts';
import css from './Keys.module.css';
import { NewKeyDialog } from './NewKeyDialog';
import { TakeOverDialog } from './TakeOverDialog';

function Revoke({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const { t } = useTranslation('team');
  const cache = useQueryClient();
  const { id, name } = apiKey;
  const revoke = useMutation({
    mutationFn: () => call(api.DELETE('/api/keys/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      showToast(t('key.revoked', { name }));
      void cache.invalidateQueries({ queryKey: keys.apiKeys });
      onClose();
    },
  });
  return (
    <Confirm
      title={t('key.revokeTitle', { name })}
      action={t('key.revoke')}
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      {t('key.revokeText')}
    </Confirm>
  );
}

function useColumns(onRevoke: (key: Key) => void, onTake: (key: Key) => void): TableColumn<Key>[] {
  const me = useMe();
  const { t } = useTranslation('team');
  const { exact } = useFormats();
  const users = useQuery(usersQuery).data?.items ?? [];
  return [
    {
      id: 'name',
      label: t('key.name'),
      cell: ({ name, endsWith, active }) => (
        <span className={css['name']}>
          <bdi>{name}</bdi>
          <code>…{endsWith}</code>
          {!active && <Badge tone="amber">{t('key.ownerAway')}</Badge>}
        </span>
      ),
    },
    {
      id: 'scopes',
      label: t('key.scopes'),
      cell: ({ scopes }) => (
        <span className={css['scopes']}>
          {scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'createdAt',
      label: t('key.created'),
      cell: ({ createdAt, createdBy }) =>
        `${exact(createdAt)} · ${users.find(({ id }) => id === createdBy)?.name ?? createdBy}`,
    },
    {
      id: 'lastUsedAt',
      label: t('key.lastUsed'),
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('key.never') : exact(lastUsedAt)),
    },
    {
      id: 'actions',
      label: t('actions'),
      isFigure: true,
      cell: (key) => (
        <span className={css['acts']}>
          {key.ownerId !== me.id && (
            <Button size="small" onPress={() => onTake(key)}>
              {t('key.takeOver')}
            </Button>
          )}
          <Button size="small" onPress={() => onRevoke(key)}>
            {t('key.revoke')}
          </Button>
        </span>
      ),
    },
  ];
}

/** The keys by which programs call the API. */
export function Keys() {
  const { t } = useTranslation('team');
  const [isMaking, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<Key | null>(null);
  const [taken, setTaken] = useState<Key | null>(null);
  const columns = useColumns(setRevoked, setTaken);
  const list = useQuery({ queryKey: keys.apiKeys, queryFn: () => call(api.GET('/api/keys')) });
  return (
    <>
      <div className={css['head']}>
        <p>
          {t('key.text')} <Link to="/api/docs">{t('key.docs')}</Link>
        </p>
        <Button look="primary" icon={<Plus size={16} aria-hidden />} onPress={() => setMaking(true)}>
          {t('key.make')}
        </Button>
      </div>
      {list.isPending && <Skeleton kind="row" count={3} />}
      {list.error && !list.data && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <Table
          label={t('tab.keys')}
          columns={columns}
          rows={list.data.items}
          empty={
            <Empty icon={<KeyRound size={20} />} title={t('key.emptyTitle')}>
              {t('key.empty')}
            </Empty>
          }
        />
      )}
      {isMaking && <NewKeyDialog onClose={() => setMaking(false)} />}
      {taken && <TakeOverDialog apiKey={taken} onClose={() => setTaken(null)} />}
      {revoked && <Revoke apiKey={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}
