import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { Field } from '@/design/Field';
import { showToast } from '@/design/toasts';
import { BrokenLink } from './BrokenLink';
import { Form, fieldError } from './Form';
import { useLinkToken } from './linkToken';

export function ResetPassword() {
  const { t } = useTranslation('access');
  const navigate = useNavigate();
  const token = useLinkToken();
  const [password, setPassword] = useState('');
  const reset = useMutation({
    mutationFn: (body: { token: string; password: string }) =>
      call(api.POST('/api/auth/reset-password', { body })),
    onSuccess: () => {
      showToast(t('reset.done'));
      void navigate({ to: '/sign-in', replace: true });
    },
  });
  if (token === null || fieldError(reset.error, 'token')) return <BrokenLink />;
  return (
    <Form
      title={t('reset.title')}
      submit={t('reset.submit')}
      isPending={reset.isPending}
      error={reset.error}
      onSubmit={() => reset.mutate({ token, password })}
    >
      <Field
        label={t('newPassword')}
        hint={t('passwordHint')}
        type="password"
        value={password}
        onChange={setPassword}
        error={fieldError(reset.error, 'password')}
        autoComplete="new-password"
        minLength={8}
        maxLength={256}
        autoFocus
        isRequired
      />
    </Form>
  );
}
