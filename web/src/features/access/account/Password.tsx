import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from 'react-aria-components/Form';
import { api, call } from '@/api/client';
import { session } from '@/api/session';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Panel } from '@/design/Panel';
import { showToast } from '@/design/toasts';
import { fieldError } from '../Form';
import css from './Account.module.css';

/** A new password by the old one. It ends the other sessions; this one goes on with new tokens. */
export function Password() {
  const { t } = useTranslation('account');
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: () => call(api.POST('/api/auth/change-password', { body: { currentPassword, newPassword } })),
    onSuccess: (signedIn) => {
      session.begin(signedIn);
      setCurrent('');
      setNew('');
      showToast(t('passwordSaved'));
    },
  });
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  const { error } = change;
  const currentError = fieldError(error, 'currentPassword');
  const newError = fieldError(error, 'newPassword');
  return (
    <Panel title={t('password')} text={t('passwordText')}>
      <Form className={css['form'] ?? ''} onSubmit={send}>
        <Field
          label={t('currentPassword')}
          type="password"
          value={currentPassword}
          onChange={setCurrent}
          error={currentError}
          autoComplete="current-password"
          isRequired
        />
        <Field
          label={t('newPassword')}
          hint={t('passwordHint')}
          type="password"
          value={newPassword}
          onChange={setNew}
          error={newError}
          autoComplete="new-password"
          minLength={8}
          maxLength={256}
          isRequired
        />
        {error && !currentError && !newError && <ErrorLine error={error} />}
        <Button type="submit" isPending={change.isPending}>
          {t('savePassword')}
        </Button>
      </Form>
    </Panel>
  );
}
