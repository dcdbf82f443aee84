import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Webhook } from '@/api/schema';
import { Checkbox } from '@/design/Checkbox';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { showToast } from '@/design/toasts';
import { fieldError } from '../Form';
import css from './Webhooks.module.css';

const eventTypes = [
  'message.received',
  'message.created',
  'message.status',
  'lead.created',
  'lead.updated',
  'conversation.updated',
] as const;

type Event = (typeof eventTypes)[number];

const isEvent = (event: string): event is Event => eventTypes.some((one) => one === event);

interface WebhookDialogProps {
  /** None: it creates one. */
  webhook?: Webhook;
  onSecret: (secret: string) => void;
  onClose: () => void;
}

/** Where events are sent to, and which. */
export function WebhookDialog({ webhook, onSecret, onClose }: WebhookDialogProps) {
  const { t } = useTranslation('webhooks');
  const cache = useQueryClient();
  const [url, setUrl] = useState(webhook?.url ?? 'https://');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [events, setEvents] = useState<readonly Event[]>(
    webhook ? webhook.events.filter(isEvent) : ['message.received'],
  );
  const body = { url: url.trim(), description: description.trim(), events: [...events] };
  const save = useMutation({
    mutationFn: () =>
      webhook
        ? call(
            api.PATCH('/api/webhooks/{id}', {
              params: { path: { id: webhook.id }, header: { 'If-Match': `"${webhook.revision}"` } },
              body,
            }),
          )
        : call(api.POST('/api/webhooks', { body })),
    onSuccess: ({ secret }) => {
      void cache.invalidateQueries({ queryKey: keys.webhooks });
      if (secret) {
        onSecret(secret);
        return;
      }
      showToast(t('saved'));
      onClose();
    },
  });
  const toggle = (event: Event, is: boolean) =>
    setEvents(is ? [...events, event] : events.filter((one) => one !== event));
  const wrong = fieldError(save.error, 'events');
  return (
    <FormDialog
      title={t(webhook ? 'editTitle' : 'createTitle')}
      submit={t(webhook ? 'save' : 'create')}
      isPending={save.isPending}
      error={save.error}
      fields={['url', 'description', 'events']}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Field
        label={t('url')}
        hint={t('urlHint')}
        value={url}
        onChange={setUrl}
        error={fieldError(save.error, 'url')}
        maxLength={500}
        autoFocus
        isRequired
      />
      <Field
        label={t('description')}
        value={description}
        onChange={setDescription}
        error={fieldError(save.error, 'description')}
        maxLength={200}
      />
      <div role="group" aria-label={t('events')} className={css['group']}>
        <span className={css['legend']}>{t('events')}</span>
        {eventTypes.map((event) => (
          <Checkbox key={event} isSelected={events.includes(event)} onChange={(is) => toggle(event, is)}>
            <span>
              <code>{event}</code> {t(`event.${event.replace('.', '_') as 'message_received'}`)}
            </span>
          </Checkbox>
        ))}
        {wrong && <p role="alert">{wrong}</p>}
      </div>
    </FormDialog>
  );
}
