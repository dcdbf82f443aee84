import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Invitation } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { showToast } from '@/design/toasts';

function TakeBack({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useTranslation('team');
  const cache = useQueryClient();
  const { id, email } = invitation;
  const take = useMutation({
    mutationFn: () => call(api.DELETE('/api/invitations/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      showToast(t('tookBack', { email }));
      void cache.invalidateQueries({ queryKey: keys.invitations });
      onClose();
    },
  });
  return (
    <Confirm
      title={t('takeBackTitle')}
      action={t('takeBack')}
      isPending={take.isPending}
      error={take.error}
      onConfirm={() => take.mutate()}
      onClose={onClose}
    >
      {t('takeBackText', { email })}
    </Confirm>
  );
}

/** Who is invited and has not joined yet. */
export function Invitations() {
  const { t } = useTranslation(['team', 'common']);
  const { exact } = useFormats();
  const mayChange = useMay('users:write');
  const [taken, setTaken] = useState<Invitation | null>(null);
  const invitations = useQuery({
    queryKey: keys.invitations,
    queryFn: () => call(api.GET('/api/invitations')),
  });
  const columns: TableColumn<Invitation>[] = [
    { id: 'email', label: t('email'), cell: ({ email }) => email },
    { id: 'role', label: t('role'), cell: ({ role }) => t(`common:role.${role}`) },
    { id: 'createdAt', label: t('invited'), cell: ({ createdAt }) => exact(createdAt) },
    { id: 'expiresAt', label: t('expires'), cell: ({ expiresAt }) => exact(expiresAt) },
  ];
  const withAction: TableColumn<Invitation>[] = [
    ...columns,
    {
      id: 'actions',
      label: t('actions'),
      isFigure: true,
      cell: (invitation) => (
        <Button size="small" onPress={() => setTaken(invitation)}>
          {t('takeBack')}
        </Button>
      ),
    },
  ];
  if (invitations.isPending) return <Skeleton kind="row" count={3} />;
  if (!invitations.data) {
    return <ErrorPanel error={invitations.error} onRetry={() => void invitations.refetch()} />;
  }
  return (
    <>
      <Table
        label={t('tab.invitations')}
        columns={mayChange ? withAction : columns}
        rows={invitations.data.items}
        empty={
          <Empty icon={<Mail size={20} />} title={t('noInvitationTitle')}>
            {t('noInvitation')}
          </Empty>
        }
      />
      {taken && <TakeBack invitation={taken} onClose={() => setTaken(null)} />}
    </>
  );
}
