import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { toApiError } from '@/api/problem';
import { ErrorPanel } from '@/design/ErrorPanel';
import { BrokenLink } from './BrokenLink';
import { useLinkToken } from './linkToken';

/** Confirms the address as soon as the link is opened. The token works once: the cache keeps the answer. */
export function VerifyEmail() {
  const { t } = useTranslation('access');
  const token = useLinkToken();
  const cache = useQueryClient();
  const verify = useQuery({
    queryKey: ['verify-email', token],
    queryFn: async () => {
      await call(api.POST('/api/auth/verify-email', { body: { token: token ?? '' } }));
      void cache.invalidateQueries({ queryKey: keys.me });
      return true;
    },
    enabled: token !== null,
    staleTime: Infinity,
  });
  if (token === null) return <BrokenLink />;
  if (verify.error) {
    if (!toApiError(verify.error).isRetryable) return <BrokenLink />;
    return <ErrorPanel error={verify.error} onRetry={() => void verify.refetch()} />;
  }
  return (
    <>
      <h1>{t('verify.title')}</h1>
      <p role="status">{verify.data ? t('verify.done') : t('verify.busy')}</p>
      {verify.data && <Link to="/inbox">{t('verify.continue')}</Link>}
    </>
  );
}
