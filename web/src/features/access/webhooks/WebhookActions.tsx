import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Webhook } from '@/api/schema';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { Menu } from '@/design/Menu';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';

interface WebhookActionsProps {
  webhook: Webhook;
  onDeliveries: () => void;
  onEdit: () => void;
  onRemove: () => void;
  onSecret: (secret: string) => void;
}

/** What can be done with a webhook. */
export function WebhookActions({ webhook, ...on }: WebhookActionsProps) {
  const { t } = useTranslation('webhooks');
  const cache = useQueryClient();
  const { id, url, active } = webhook;
  const params = { path: { id } };
  const onSuccess = () => cache.invalidateQueries({ queryKey: keys.webhooks });
  const errorText = useErrorText();
  const onError = (error: Error) =>
    showToast(errorText(error).text || errorText(error).title, { look: 'error' });
  const test = useMutation({
    mutationFn: () => call(api.POST('/api/webhooks/{id}/test', { params })),
    onSuccess: () => {
      showToast(t('tested'));
      on.onDeliveries();
    },
    onError,
  });
  const toggle = useMutation({
    mutationFn: () => call(api.PATCH('/api/webhooks/{id}', { params, body: { active: !active } })),
    onSuccess,
    onError,
  });
  const rotate = useMutation({
    mutationFn: () => call(api.POST('/api/webhooks/{id}/rotate-secret', { params })),
    onSuccess: ({ secret }) => {
      void onSuccess();
      on.onSecret(secret ?? '');
    },
    onError,
  });
  const actions = [
    { id: 'deliveries', label: t('deliveries'), run: on.onDeliveries },
    { id: 'edit', label: t('edit'), run: on.onEdit },
    { id: 'toggle', label: t(active ? 'switchOff' : 'switchOn'), run: () => toggle.mutate() },
    { id: 'rotate', label: t('rotate'), run: () => rotate.mutate() },
    { id: 'remove', label: t('remove'), isDanger: true, run: on.onRemove },
  ];
  return (
    <>
      <Button size="small" isPending={test.isPending} onPress={() => test.mutate()}>
        {t('test')}
      </Button>
      <Menu
        label={t('actionsFor', { url })}
        actions={actions}
        trigger={<IconButton label={t('actionsFor', { url })} icon={<Ellipsis size={16} />} />}
      />
    </>
  );
}
