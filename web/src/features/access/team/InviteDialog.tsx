import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Role } from '@/api/schema';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { fieldError } from '../Form';
import { roles } from './person';
import css from './Team.module.css';

/** Invites a person by email. The link is shown once as well, for where the email does not arrive. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['team', 'common']);
  const cache = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const invite = useMutation({
    mutationFn: () => call(api.POST('/api/users', { body: { email: email.trim(), role } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.invitations }),
  });
  if (invite.data) {
    const { token } = invite.data;
    return (
      <Dialog
        title={t('invitedTitle')}
        isOpen
        onClose={onClose}
        actions={
          <Button look="primary" onPress={onClose}>
            {t('done')}
          </Button>
        }
      >
        <p>{t('invitedText', { email: invite.data.email })}</p>
        {token !== undefined && (
          <>
            <p className={css['muted']}>{t('inviteLink')}</p>
            <CopyText text={`${location.origin}/join#token=${token}`} label={t('link')} />
          </>
        )}
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t('inviteTitle')}
      submit={t('invite')}
      isPending={invite.isPending}
      error={invite.error}
      fields={['email']}
      onSubmit={() => invite.mutate()}
      onClose={onClose}
    >
      <Field
        label={t('email')}
        type="email"
        value={email}
        onChange={setEmail}
        error={fieldError(invite.error, 'email')}
        autoComplete="off"
        autoFocus
        isRequired
      />
      <Select
        label={t('role')}
        value={role}
        options={roles.map((id) => ({ id, label: t(`common:role.${id}`) }))}
        onChange={setRole}
      />
      <p className={css['muted']}>{t(`roleText.${role}`)}</p>
    </FormDialog>
  );
}
