import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '@/design/toasts';
import { useSetStatus } from './conversations';

/** The changes of a conversation's status, each with a way back. */
export function useStatus(id: string) {
  const { t } = useTranslation(['inbox', 'common']);
  const { mutate, isPending } = useSetStatus(id);
  const reopen = useCallback(() => mutate({ status: 'open' }), [mutate]);
  const say = useCallback(
    (text: string) => showToast(text, { action: { label: t('common:undo'), run: reopen } }),
    [reopen, t],
  );
  const close = useCallback(
    () => mutate({ status: 'closed' }, { onSuccess: () => say(t('header.closed')) }),
    [mutate, say, t],
  );
  const snooze = useCallback(
    (snoozedUntil: string) =>
      mutate({ status: 'snoozed', snoozedUntil }, { onSuccess: () => say(t('header.snoozed')) }),
    [mutate, say, t],
  );
  return { close, reopen, snooze, isPending };
}
