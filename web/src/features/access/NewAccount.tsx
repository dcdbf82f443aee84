import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import type { SignupBody } from '@/api/schema';
import { Checkbox } from '@/design/Checkbox';
import { Field } from '@/design/Field';
import { Form, fieldError } from './Form';
import { useEnter } from './useEnter';

interface NewAccountProps {
  title: string;
  text?: string;
  submit: string;
  /** The token of an invitation: then the person joins a business and makes none. */
  invitation?: string;
  footer?: ReactNode;
}

/** The form behind signing up and joining. */
export function NewAccount({ invitation, ...form }: NewAccountProps) {
  const { t } = useTranslation('access');
  const [fullName, setFullName] = useState('');
  const [companyName, setCompanyName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [agreeToTerms, setAgreeToTerms] = useState(false);
  const enter = useEnter();
  const signUp = useMutation({
    mutationFn: (body: SignupBody) => call(api.POST('/api/auth/signup', { body })),
    onSuccess: enter,
  });
  const { error } = signUp;
  const business = invitation === undefined ? { companyName: companyName.trim() || null } : { invitation };
  const send = () => signUp.mutate({ fullName, email, password, agreeToTerms, ...business });

  return (
    <Form {...form} isPending={signUp.isPending} error={error} onSubmit={send}>
      <Field
        label={t('name')}
        value={fullName}
        onChange={setFullName}
        error={fieldError(error, 'fullName')}
        autoComplete="name"
        maxLength={200}
        autoFocus
        isRequired
      />
      {invitation === undefined && (
        <Field
          label={t('company')}
          hint={t('companyHint')}
          value={companyName}
          onChange={setCompanyName}
          error={fieldError(error, 'companyName')}
          autoComplete="organization"
          maxLength={200}
        />
      )}
      <Field
        label={t('email')}
        type="email"
        value={email}
        onChange={setEmail}
        error={fieldError(error, 'email')}
        autoComplete="username"
        isRequired
      />
      <Field
        label={t('password')}
        hint={t('passwordHint')}
        type="password"
        value={password}
        onChange={setPassword}
        error={fieldError(error, 'password')}
        autoComplete="new-password"
        minLength={8}
        maxLength={256}
        isRequired
      />
      <Checkbox isSelected={agreeToTerms} onChange={setAgreeToTerms}>
        {t('terms')}
      </Checkbox>
      {fieldError(error, 'agreeToTerms') && <p role="alert">{fieldError(error, 'agreeToTerms')}</p>}
    </Form>
  );
}
