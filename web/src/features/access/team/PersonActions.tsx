import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, KeyRound, Pencil, ShieldOff, UserCheck, UserX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { User } from '@/api/schema';
import { useMe } from '@/app/me';
import { Confirm } from '@/design/Confirm';
import { IconButton } from '@/design/IconButton';
import { Menu, type MenuAction } from '@/design/Menu';
import { showToast } from '@/design/toasts';
import { PersonDialog } from './PersonDialog';

type Question = 'reset' | 'factor' | 'deactivate' | 'activate';

function useAct(user: User, onDone: () => void) {
  const { t } = useTranslation('team');
  const cache = useQueryClient();
  const params = { path: { id: user.id } };
  return useMutation<unknown, unknown, Question>({
    mutationFn: (question) => {
      switch (question) {
        case 'reset':
          return call(api.POST('/api/users/{id}/reset-password', { params }));
        case 'factor':
          return call(api.DELETE('/api/users/{id}/second-factor', { params }));
        case 'deactivate':
        case 'activate':
          return call(api.PATCH('/api/users/{id}', { params, body: { active: question === 'activate' } }));
      }
    },
    onSuccess: (_answer, question) => {
      showToast(t(`ask.${question}.done`, { name: user.name, email: user.email }));
      void cache.invalidateQueries({ queryKey: keys.users });
      onDone();
    },
  });
}

/** What can be done with a person: change, new password, second factor, shut out. */
export function PersonActions({ user }: { user: User }) {
  const { t } = useTranslation('team');
  const me = useMe();
  const [open, setOpen] = useState<Question | 'edit' | null>(null);
  const close = () => {
    act.reset();
    setOpen(null);
  };
  const act = useAct(user, () => setOpen(null));
  const isMe = user.id === me.id;
  const item = (id: Question | 'edit', icon: MenuAction['icon'], isDanger = false): MenuAction => ({
    id,
    icon,
    isDanger,
    label: id === 'edit' ? t('edit') : t(`ask.${id}.action`),
    run: () => setOpen(id),
  });
  const actions: MenuAction[] = [
    item('edit', <Pencil size={16} />),
    ...(user.active ? [item('reset', <KeyRound size={16} />)] : []),
    ...(user.secondFactor && !isMe ? [item('factor', <ShieldOff size={16} />, true)] : []),
    ...(isMe
      ? []
      : [
          user.active
            ? item('deactivate', <UserX size={16} />, true)
            : item('activate', <UserCheck size={16} />),
        ]),
  ];
  const label = t('actionsFor', { name: user.name });
  return (
    <>
      <Menu
        label={label}
        trigger={<IconButton label={label} icon={<Ellipsis size={16} />} />}
        actions={actions}
      />
      {open === 'edit' && <PersonDialog user={user} onClose={close} />}
      {open !== null && open !== 'edit' && (
        <Confirm
          title={t(`ask.${open}.title`, { name: user.name })}
          action={t(`ask.${open}.action`)}
          isPending={act.isPending}
          error={act.error}
          onConfirm={() => act.mutate(open)}
          onClose={close}
        >
          {t(`ask.${open}.text`, { name: user.name, email: user.email })}
        </Confirm>
      )}
    </>
  );
}
