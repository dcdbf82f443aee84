import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { channelsQuery } from '@/api/queries';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Select } from '@/design/Select';
import { useStartConversation } from './conversations';
import css from './NewConversationDialog.module.css';

interface NewConversationDialogProps {
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** One box: the phone. The conversation with it is found, or begun. */
export function NewConversationDialog({ onClose, onOpen }: NewConversationDialogProps) {
  const { t } = useTranslation(['inbox', 'common']);
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [channelId, setChannelId] = useState<string | null>(null);
  const start = useStartConversation();
  const chosen = channelId ?? channels[0]?.id ?? null;
  const fields = start.error ? toApiError(start.error).fields : null;
  const isAboutField = ['phone', 'name'].some((field) => fields?.has(field));

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const body = {
      phone: phone.trim(),
      ...(name.trim() && { name: name.trim() }),
      ...(channels.length > 1 && chosen !== null && { channelId: chosen }),
    };
    start.mutate(body, { onSuccess: ({ id }) => onOpen(id) });
  };
  return (
    <Dialog title={t('new.title')} isOpen onClose={onClose}>
      <form onSubmit={submit} className={css['form']}>
        <Field
          label={t('contact.phone')}
          type="tel"
          hint={t('new.phoneHint')}
          value={phone}
          onChange={setPhone}
          error={fields?.get('phone')}
          autoFocus
          isRequired
        />
        <Field label={t('new.name')} value={name} onChange={setName} error={fields?.get('name')} />
        {channels.length > 1 && chosen !== null && (
          <Select
            label={t('filter.number')}
            value={chosen}
            options={channels.map((channel) => ({ id: channel.id, label: channel.name }))}
            onChange={setChannelId}
          />
        )}
        {start.error && !isAboutField && <ErrorLine error={start.error} />}
        <p className={css['hint']}>{t('new.hint')}</p>
        <div className={css['actions']}>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" look="primary" isPending={start.isPending}>
            {t('new.open')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
