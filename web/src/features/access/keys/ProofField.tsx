import { useTranslation } from 'react-i18next';
import type { ProofBody } from '@/api/schema';
import { useMe } from '@/app/me';
import { Field } from '@/design/Field';
import { fieldError } from '../Form';

interface ProofFieldProps {
  value: string;
  onChange: (value: string) => void;
  error: unknown;
}

/** What is asked for again before a sensitive act: a code where the person has a second factor, else the password. */
export function useProof(value: string): ProofBody {
  return useMe().secondFactor ? { code: value.trim() } : { password: value };
}

export function ProofField({ value, onChange, error }: ProofFieldProps) {
  const { t } = useTranslation(['team', 'account']);
  const asksCode = useMe().secondFactor;
  return (
    <Field
      label={asksCode ? t('account:factor.code') : t('account:currentPassword')}
      hint={asksCode ? t('account:factor.codeHint') : t('account:factor.whyPassword')}
      type={asksCode ? 'text' : 'password'}
      value={value}
      onChange={onChange}
      error={fieldError(error, asksCode ? 'code' : 'password')}
      autoComplete={asksCode ? 'one-time-code' : 'current-password'}
      isRequired
    />
  );
}
