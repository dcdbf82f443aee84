import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { putMessage } from '@/api/cache';
import { api, call } from '@/api/client';
import type { Conversation, Message } from '@/api/schema';
import { keys } from '@/api/keys';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import css from './Failure.module.css';
import { LaterDialog } from './LaterDialog';
import type { Later } from './SendLater';

/** A message that waits for its time: when it is sent, with what changes or cancels it. */
export function Scheduled({ message }: { message: Message }) {
  const { t } = useTranslation('kinds');
  const { exact } = useFormats();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const maySend = useMay('inbox:write');
  const [isEditing, setEditing] = useState(false);
  const { id: messageId, conversationId: id, unlessTheyWrite = false } = message;
  const params = { path: { id, messageId } };
  const gone = () => putMessage(cache, { ...message, status: 'cancelled' });
  const cancel = useMutation({
    mutationFn: () => call(api.DELETE('/api/conversations/{id}/messages/{messageId}', { params })),
    onSuccess: gone,
    onError: (error) => showToast(errorText(error).text || errorText(error).title, { look: 'error' }),
  });
  const change = useMutation({
    mutationFn: ({ later, text }: { later: Later; text: string | null }) =>
      call(
        api.PATCH('/api/conversations/{id}/messages/{messageId}', {
          params,
          body: {
            unlessTheyWrite: later.unlessTheyWrite,
            ...(text !== null && text !== message.text && { text }),
            ...(Date.parse(later.sendAt) !== Date.parse(message.at) && { sendAt: later.sendAt }),
          },
        }),
      ),
    onSuccess: (changed) => {
      if (changed.id !== messageId) gone();
      putMessage(cache, changed);
      setEditing(false);
    },
  });
  const windowUntil = cache.getQueryData<Conversation>(keys.conversation(id))?.windowUntil ?? null;
  return (
    <div className={css['failure']}>
      <p>
        {t('later.sends', { time: exact(message.at) })} {unlessTheyWrite && t('later.unlessNote')}
      </p>
      {maySend && (
        <div className={css['actions']}>
          <Button size="small" onPress={() => setEditing(true)}>
            {t('later.edit')}
          </Button>
          <Button size="small" look="quiet" isPending={cancel.isPending} onPress={() => cancel.mutate()}>
            {t('later.cancel')}
          </Button>
        </div>
      )}
      {isEditing && (
        <LaterDialog
          title={t('later.edit')}
          submit={t('later.save')}
          windowUntil={windowUntil}
          before={{ text: message.type === 'text' ? message.text : null, at: message.at, unlessTheyWrite }}
          isPending={change.isPending}
          error={change.error}
          onDone={(later, text) => change.mutate({ later, text })}
          onClose={() => setEditing(false)}
        />
      )}
    </div>
  );
}
