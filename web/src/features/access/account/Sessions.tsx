import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Panel } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import css from './Account.module.css';
import { deviceOf } from './device';

function useEnd() {
  const { t } = useTranslation('account');
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (id: string) => call(api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => showToast(t('session.ended')),
    onError: (error) => {
      const { title, text } = errorText(error);
      showToast(text || title, { look: 'error' });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.sessions }),
  });
}

/** Where the person has signed in, with a way to sign out elsewhere. */
export function Sessions() {
  const { t } = useTranslation('account');
  const { exact } = useFormats();
  const end = useEnd();
  const sessions = useQuery({
    queryKey: keys.sessions,
    queryFn: () => call(api.GET('/api/auth/sessions')),
  });
  return (
    <Panel title={t('session.title')} text={t('session.text')}>
      {sessions.isPending && <Skeleton count={3} />}
      {sessions.error && !sessions.data && (
        <ErrorPanel error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      <ul className={css['sessions']}>
        {sessions.data?.items.map(({ id, device, current, createdAt, usedAt }) => {
          const name = (deviceOf(device) ?? device) || t('session.unknown');
          return (
            <li key={id} className={css['session']}>
              <div>
                <p className={css['device']}>
                  <bdi title={device}>{name}</bdi>
                  {current && <Badge tone="accent">{t('session.current')}</Badge>}
                </p>
                <p className={css['muted']}>
                  {t('session.times', { created: exact(createdAt), used: exact(usedAt) })}
                </p>
              </div>
              {!current && (
                <Button
                  size="small"
                  aria-label={t('session.endOf', { device: name })}
                  isPending={end.isPending && end.variables === id}
                  onPress={() => end.mutate(id)}
                >
                  {t('session.end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
