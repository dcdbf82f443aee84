import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { showToast } from '@/design/toasts';
import { fieldError } from '../Form';
import { RecoveryCodes } from './RecoveryCodes';

/** Asks for a code of the second factor, for new recovery codes or to take the factor away. */
export function CodeDialog({ what, onClose }: { what: 'codes' | 'remove'; onClose: () => void }) {
  const { t } = useTranslation('account');
  const cache = useQueryClient();
  const [code, setCode] = useState('');
  const body = { code: code.trim() };
  const act = useMutation({
    mutationFn: async (): Promise<string[] | null> => {
      if (what === 'remove') {
        await call(api.POST('/api/auth/second-factor/remove', { body }));
        return null;
      }
      return (await call(api.POST('/api/auth/second-factor/recovery-codes', { body }))).recoveryCodes;
    },
    onSuccess: (codes) => {
      if (codes) return;
      showToast(t('factor.removed'));
      void cache.invalidateQueries({ queryKey: keys.me });
      onClose();
    },
  });
  if (act.data) return <RecoveryCodes codes={act.data} onClose={onClose} />;
  return (
    <FormDialog
      title={t(what === 'remove' ? 'factor.remove' : 'factor.newCodes')}
      submit={t(what === 'remove' ? 'factor.remove' : 'factor.newCodes')}
      isPending={act.isPending}
      error={act.error}
      fields={['code']}
      onSubmit={() => act.mutate()}
      onClose={onClose}
    >
      <p>{t(what === 'remove' ? 'factor.removeText' : 'factor.newCodesText')}</p>
      <Field
        label={t('factor.code')}
        hint={t('factor.codeHint')}
        value={code}
        onChange={setCode}
        error={fieldError(act.error, 'code')}
        autoComplete="one-time-code"
        autoFocus
        isRequired
      />
    </FormDialog>
  );
}
