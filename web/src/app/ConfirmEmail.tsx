import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MailWarning } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { toApiError } from '@/api/problem';
import { meQuery } from '@/api/queries';
import { Button } from '@/design/Button';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { useMe } from './me';
import css from './ConfirmEmail.module.css';

function Reminder({ email }: { email: string }) {
  const { t } = useTranslation('common');
  const cache = useQueryClient();
  const errorText = useErrorText();
  // The link may be opened in another tab or on a phone: coming back, one sees that it worked.
  useQuery({ ...meQuery, staleTime: 0, refetchOnMount: false, refetchOnWindowFocus: true });
  const resend = useMutation({
    mutationFn: () => call(api.POST('/api/auth/verify-email/resend')),
    onSuccess: () => showToast(t('confirmEmail.sent', { email })),
    onError: (error) => {
      // It is confirmed already.
      if (toApiError(error).status === 409) return cache.invalidateQueries({ queryKey: keys.me });
      const { title, text } = errorText(error);
      showToast(text || title, { look: 'error' });
      return undefined;
    },
  });
  return (
    <section aria-label={t('confirmEmail.title')} className={css['bar']}>
      <MailWarning size={16} aria-hidden />
      <p className={css['text']}>
        <strong>{t('confirmEmail.title')}</strong> {t('confirmEmail.text', { email })}
      </p>
      <Button size="small" isPending={resend.isPending} onPress={() => resend.mutate()}>
        {t('confirmEmail.resend')}
      </Button>
    </section>
  );
}

/** Until the address is confirmed, the person invites nobody and makes no keys. */
export function ConfirmEmail() {
  const { email, emailVerified } = useMe();
  return emailVerified ? null : <Reminder email={email} />;
}
