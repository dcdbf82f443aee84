import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Key } from '@/api/schema';
import { FormDialog } from '@/design/FormDialog';
import { showToast } from '@/design/toasts';
import { ProofField, useProof } from './ProofField';

/** Makes the signed-in person the owner of a key, so that a program goes on when a colleague leaves. */
export function TakeOverDialog({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const { t } = useTranslation('team');
  const cache = useQueryClient();
  const [secret, setSecret] = useState('');
  const body = useProof(secret);
  const { id, name } = apiKey;
  const take = useMutation({
    mutationFn: () => call(api.POST('/api/keys/{id}/take-over', { params: { path: { id } }, body })),
    onSuccess: () => {
      showToast(t('key.tookOver', { name }));
      void cache.invalidateQueries({ queryKey: keys.apiKeys });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('key.takeOverTitle', { name })}
      submit={t('key.takeOver')}
      isPending={take.isPending}
      error={take.error}
      fields={['password', 'code']}
      onSubmit={() => take.mutate()}
      onClose={onClose}
    >
      <p>{t('key.takeOverText')}</p>
      <ProofField value={secret} onChange={setSecret} error={take.error} />
    </FormDialog>
  );
}
