import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Panel } from '@/design/Panel';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import css from './Channel.module.css';
import { phoneSessionsQuery, useEndSession } from './signup';

const tones = {
  connecting: 'amber',
  connected: 'green',
  reconnecting: 'amber',
  disconnected: 'neutral',
  logged_out: 'red',
  error: 'red',
} as const;

/** The phones that were linked by a QR code, and how their links are. Nothing where none was. */
export function Sessions() {
  const { t } = useTranslation('channels');
  const { exact } = useFormats();
  const errorText = useErrorText();
  const mayEnd = useMay('channels:write');
  const sessions = useQuery(phoneSessionsQuery);
  const end = useEndSession();
  const shown = sessions.data?.sessions.filter(({ status }) => status !== 'disconnected') ?? [];
  if (shown.length === 0) return null;
  const onError = (error: Error) =>
    showToast(errorText(error).text || errorText(error).title, { look: 'error' });
  return (
    <Panel title={t('link.phones')}>
      <ul className={css['checks']}>
        {shown.map((session) => (
          <li key={session.id} className={css['session']}>
            <Badge tone={tones[session.status]}>{t(`link.state.${session.status}`)}</Badge>
            <span>
              {session.phoneNumber ?? exact(session.createdAt)}
              {session.error !== null && ` – ${t(`link.error.${session.error}`)}`}
            </span>
            {mayEnd && (
              <Button
                size="small"
                isPending={end.isPending && end.variables === session.id}
                onPress={() => end.mutate(session.id, { onError })}
              >
                {t('link.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
