import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { Field } from '@/design/Field';
import { Form, fieldError } from './Form';

export function ForgotPassword() {
  const { t } = useTranslation('access');
  const [email, setEmail] = useState('');
  const ask = useMutation({
    mutationFn: () => call(api.POST('/api/auth/forgot-password', { body: { email } })),
  });
  const back = <Link to="/sign-in">{t('forgot.back')}</Link>;
  if (ask.isSuccess) {
    return (
      <>
        <h1>{t('forgot.doneTitle')}</h1>
        <p role="status">{t('forgot.done', { email })}</p>
        {back}
      </>
    );
  }
  return (
    <Form
      title={t('forgot.title')}
      text={t('forgot.text')}
      submit={t('forgot.submit')}
      isPending={ask.isPending}
      error={ask.error}
      onSubmit={() => ask.mutate()}
      footer={back}
    >
      <Field
        label={t('email')}
        type="email"
        value={email}
        onChange={setEmail}
        error={fieldError(ask.error, 'email')}
        autoComplete="username"
        autoFocus
        isRequired
      />
    </Form>
  );
}
