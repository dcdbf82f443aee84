import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { SecondFactorOffer } from '@/api/schema';
import { CopyText } from '@/design/CopyText';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { fieldError } from '../Form';
import css from './Account.module.css';
import { Qr } from './Qr';
import { RecoveryCodes } from './RecoveryCodes';

function Confirmation(props: {
  offer: SecondFactorOffer;
  onCodes: (codes: string[]) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('account');
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => call(api.POST('/api/auth/second-factor/confirm', { body: { code: code.trim() } })),
    onSuccess: ({ recoveryCodes }) => props.onCodes(recoveryCodes),
  });
  const { secret, uri } = props.offer;
  return (
    <FormDialog
      title={t('factor.scanTitle')}
      submit={t('factor.confirm')}
      isPending={confirm.isPending}
      error={confirm.error}
      fields={['code']}
      onSubmit={() => confirm.mutate()}
      onClose={props.onClose}
    >
      <p>{t('factor.scan')}</p>
      <Qr text={uri} label={t('factor.qr')} />
      <p className={css['muted']}>
        <a href={uri}>{t('factor.openApp')}</a>
      </p>
      <CopyText text={secret} label={t('factor.secret')} />
      <Field
        label={t('factor.code')}
        value={code}
        onChange={setCode}
        error={fieldError(confirm.error, 'code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        isRequired
      />
    </FormDialog>
  );
}

/** Sets a second factor up: password, then the app's first code, then the recovery codes. */
export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const cache = useQueryClient();
  const [password, setPassword] = useState('');
  const [codes, setCodes] = useState<string[] | null>(null);
  const offer = useMutation({
    mutationFn: () => call(api.POST('/api/auth/second-factor', { body: { password } })),
  });
  const finish = () => {
    void cache.invalidateQueries({ queryKey: keys.me });
    onClose();
  };
  if (codes) return <RecoveryCodes codes={codes} onClose={finish} />;
  if (offer.data) return <Confirmation offer={offer.data} onCodes={setCodes} onClose={onClose} />;
  return (
    <FormDialog
      title={t('factor.setUp')}
      submit={t('factor.continue')}
      isPending={offer.isPending}
      error={offer.error}
      fields={['password']}
      onSubmit={() => offer.mutate()}
      onClose={onClose}
    >
      <Field
        label={t('currentPassword')}
        hint={t('factor.whyPassword')}
        type="password"
        value={password}
        onChange={setPassword}
        error={fieldError(offer.error, 'password')}
        autoComplete="current-password"
        autoFocus
        isRequired
      />
    </FormDialog>
  );
}
