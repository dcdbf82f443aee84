import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Message } from '@/api/schema';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { showToast } from '@/design/toasts';
import css from './Raw.module.css';

/** A message as WhatsApp sent it. */
export function Raw({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation(['inbox', 'common']);
  const { id, conversationId } = message;
  const raw = useQuery({
    queryKey: keys.rawMessage(id),
    queryFn: () =>
      call(
        api.GET('/api/conversations/{id}/messages/{messageId}/raw', {
          params: { path: { id: conversationId, messageId: id } },
        }),
      ),
    staleTime: Infinity,
  });
  const json = raw.data && JSON.stringify(raw.data.raw, null, 2);
  const copy = () => {
    if (json === undefined) return;
    void navigator.clipboard.writeText(json).then(() => showToast(t('common:copied')));
  };
  return (
    <Dialog
      look="wide"
      title={t('raw.title')}
      isOpen
      onClose={onClose}
      actions={json && <Button onPress={copy}>{t('common:copy')}</Button>}
    >
      <p className={css['hint']}>{t('raw.hint')}</p>
      {raw.isPending && <Skeleton count={6} />}
      {raw.error && <ErrorPanel error={raw.error} onRetry={() => void raw.refetch()} />}
      {json && (
        // A region that scrolls has to be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={css['json']} tabIndex={0} role="region" aria-label={t('raw.title')}>
          {json}
        </pre>
      )}
    </Dialog>
  );
}
