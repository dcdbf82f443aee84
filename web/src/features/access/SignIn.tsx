import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { ApiError } from '@/api/problem';
import { localQuery } from '@/api/queries';
import type { LoginBody } from '@/api/schema';
import { Button } from '@/design/Button';
import { Field } from '@/design/Field';
import { Form, fieldError } from './Form';
import css from './Form.module.css';
import { useEnter } from './useEnter';

const isCodeNeeded = (error: unknown) => error instanceof ApiError && error.type === '/problems/code-needed';

function Demo({ onSignIn }: { onSignIn: (body: LoginBody) => void }) {
  const { t } = useTranslation('access');
  const local = useQuery(localQuery).data;
  if (!local) return null;
  const { email, password, simulatorUrl } = local;
  return (
    <div className={css['demo']}>
      <Button onPress={() => onSignIn({ email, password })}>{t('signIn.demo')}</Button>
      <p>
        <Trans t={t} i18nKey="signIn.demoHint">
          {'This is a local stack. '}
          <a href={simulatorUrl} target="_blank" rel="noopener noreferrer">
            Open the simulator
          </a>
        </Trans>
      </p>
    </div>
  );
}

export function SignIn() {
  const { t } = useTranslation('access');
  const { next } = useSearch({ from: '/public/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const enter = useEnter(next);
  const signIn = useMutation({
    mutationFn: (body: LoginBody) => call(api.POST('/api/auth/login', { body })),
    onSuccess: enter,
    onError: (error) => isCodeNeeded(error) && setAsksCode(true),
  });
  const error = isCodeNeeded(signIn.error) ? null : signIn.error;

  if (asksCode) {
    return (
      <Form
        title={t('code.title')}
        submit={t('code.submit')}
        isPending={signIn.isPending}
        error={error}
        onSubmit={() => signIn.mutate({ email, password, code: code.trim() })}
        footer={
          <Button look="quiet" onPress={() => setAsksCode(false)}>
            {t('forgot.back')}
          </Button>
        }
      >
        <Field
          key="code"
          label={t('code.label')}
          hint={t('code.hint')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          autoFocus
          isRequired
        />
      </Form>
    );
  }
  return (
    <Form
      title={t('signIn.title')}
      submit={t('signIn.submit')}
      isPending={signIn.isPending}
      error={error}
      onSubmit={() => signIn.mutate({ email, password })}
      footer={
        <>
          <Link to="/forgot-password">{t('signIn.forgot')}</Link>
          <p>
            <Trans t={t} i18nKey="signIn.noAccount">
              {'New here? '}
              <Link to="/sign-up">Create an account</Link>
            </Trans>
          </p>
          <Demo
            onSignIn={(body) => {
              setEmail(body.email);
              setPassword(body.password);
              signIn.mutate(body);
            }}
          />
        </>
      }
    >
      <Field
        label={t('email')}
        type="email"
        value={email}
        onChange={setEmail}
        error={fieldError(error, 'email')}
        autoComplete="username"
        autoFocus
        isRequired
      />
      <Field
        label={t('password')}
        type="password"
        value={password}
        onChange={setPassword}
        error={fieldError(error, 'password')}
        autoComplete="current-password"
        isRequired
      />
    </Form>
  );
}
