import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Webhook as Hook } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Webhook } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { showToast } from '@/design/toasts';
import { Deliveries } from './Deliveries';
import { Secret } from './Secret';
import { WebhookActions } from './WebhookActions';
import { WebhookDialog } from './WebhookDialog';
import css from './Webhooks.module.css';

function State({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { exact } = useFormats();
  const { active, disabled, failingSince, lastDeliveredAt } = webhook;
  if (disabled) return <Badge tone="red">{t('state.disabled')}</Badge>;
  if (!active) return <Badge>{t('state.off')}</Badge>;
  if (failingSince) return <Badge tone="amber">{t('state.failing', { since: exact(failingSince) })}</Badge>;
  return (
    <span className={css['state']}>
      <Badge tone="green">{t('state.on')}</Badge>
      {lastDeliveredAt && <span className={css['muted']}>{exact(lastDeliveredAt)}</span>}
    </span>
  );
}

function Remove({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call(api.DELETE('/api/webhooks/{id}', { params: { path: { id: webhook.id } } })),
    onSuccess: () => {
      showToast(t('removed'));
      void cache.invalidateQueries({ queryKey: keys.webhooks });
      onClose();
    },
  });
  return (
    <Confirm
      title={t('removeTitle')}
      action={t('remove')}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {t('removeText', { url: webhook.url })}
    </Confirm>
  );
}

/** What a row opens: at most one at a time. */
type Open =
  | { kind: 'edit' | 'remove' | 'deliveries'; webhook: Webhook }
  | { kind: 'secret'; secret: string }
  | { kind: 'create' };

function useColumns(onOpen: (open: Open) => void): TableColumn<Webhook>[] {
  const { t } = useTranslation('webhooks');
  return [
    {
      id: 'url',
      label: t('url'),
      cell: ({ url, description }) => (
        <span className={css['where']}>
          <code>{url}</code>
          {description && <bdi className={css['muted']}>{description}</bdi>}
        </span>
      ),
    },
    {
      id: 'events',
      label: t('events'),
      cell: ({ events }) => (
        <span className={css['events']}>
          {events.map((event) => (
            <Badge key={event}>{event}</Badge>
          ))}
        </span>
      ),
    },
    { id: 'state', label: t('stateHead'), cell: (webhook) => <State webhook={webhook} /> },
    {
      id: 'actions',
      label: t('actions'),
      isFigure: true,
      cell: (webhook) => (
        <WebhookActions
          webhook={webhook}
          onDeliveries={() => onOpen({ kind: 'deliveries', webhook })}
          onEdit={() => onOpen({ kind: 'edit', webhook })}
          onRemove={() => onOpen({ kind: 'remove', webhook })}
          onSecret={(secret) => onOpen({ kind: 'secret', secret })}
        />
      ),
    },
  ];
}

/** The business's own systems that receive events. */
export function Webhooks() {
  const { t } = useTranslation('webhooks');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const columns = useColumns(setOpen);
  const list = useQuery({ queryKey: keys.webhooks, queryFn: () => call(api.GET('/api/webhooks')) });
  return (
    <>
      <div className={css['head']}>
        <p>{t('text')}</p>
        <Button
          look="primary"
          icon={<Plus size={16} aria-hidden />}
          onPress={() => setOpen({ kind: 'create' })}
        >
          {t('create')}
        </Button>
      </div>
      {list.isPending && <Skeleton kind="row" count={3} />}
      {list.error && !list.data && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <Table
          label={t('title')}
          columns={columns}
          rows={list.data.items}
          empty={
            <Empty icon={<Hook size={20} />} title={t('emptyTitle')}>
              {t('empty')}
            </Empty>
          }
        />
      )}
      {open?.kind === 'create' && (
        <WebhookDialog onClose={close} onSecret={(secret) => setOpen({ kind: 'secret', secret })} />
      )}
      {open?.kind === 'edit' && <WebhookDialog webhook={open.webhook} onClose={close} onSecret={close} />}
      {open?.kind === 'secret' && <Secret secret={open.secret} onClose={close} />}
      {open?.kind === 'remove' && <Remove webhook={open.webhook} onClose={close} />}
      {open?.kind === 'deliveries' && <Deliveries webhook={open.webhook} onClose={close} />}
    </>
  );
}
