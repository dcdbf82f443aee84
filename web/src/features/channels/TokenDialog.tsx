import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@/api/schema';
import { toApiError } from '@/api/problem';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { showToast } from '@/design/toasts';
import { useChangeChannel } from './change';

/** Gives a number another access token. It is never shown again. */
export function TokenDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('channels');
  const [accessToken, setToken] = useState('');
  const change = useChangeChannel(channel.id);
  const send = () =>
    change.mutate(
      { accessToken: accessToken.trim() },
      {
        onSuccess: () => {
          showToast(t('tokenReplaced', { name: channel.name }));
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t('replaceTokenOf', { name: channel.name })}
      submit={t('replaceToken')}
      isPending={change.isPending}
      error={change.error}
      fields={['accessToken']}
      onSubmit={send}
      onClose={onClose}
    >
      <Field
        label={t('newToken')}
        hint={t('newTokenHint')}
        type="password"
        value={accessToken}
        onChange={setToken}
        error={change.error ? toApiError(change.error).fields.get('accessToken') : undefined}
        autoComplete="off"
        autoFocus
        isRequired
      />
    </FormDialog>
  );
}
