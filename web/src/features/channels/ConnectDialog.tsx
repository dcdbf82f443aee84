import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import type { Channel } from '@/api/schema';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { useConnect } from './change';
import { Checks } from './Checks';
import { Webhook } from './Webhook';

/** What Meta said of the number that was just connected. */
function Connected({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('channels');
  const done = (
    <Button look="primary" onPress={onClose}>
      {t('done')}
    </Button>
  );
  return (
    <Dialog title={t('connected', { name: channel.name })} isOpen onClose={onClose} actions={done}>
      <Checks checks={channel.checks} />
      <Webhook channel={channel} />
    </Dialog>
  );
}

const empty = { name: '', phoneNumberId: '', businessAccountId: '', accessToken: '', verifyToken: '' };
type Name = keyof typeof empty;
const names = Object.keys(empty) as readonly Name[];

/** Connects a number by its IDs and a token. Meta is asked at once. */
export function ConnectDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('channels');
  const [form, setForm] = useState(empty);
  const connect = useConnect();
  if (connect.data) return <Connected channel={connect.data} onClose={onClose} />;
  const field = (name: Name) => ({
    value: form[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
    error: connect.error ? toApiError(connect.error).fields.get(name) : undefined,
    autoComplete: 'off',
  });
  const send = () => {
    const { verifyToken, ...rest } = form;
    const own = verifyToken.trim();
    connect.mutate(own === '' ? rest : { ...rest, verifyToken: own });
  };
  return (
    <FormDialog
      title={t('connect')}
      submit={t('connectNow')}
      isPending={connect.isPending}
      error={connect.error}
      fields={names}
      onSubmit={send}
      onClose={onClose}
    >
      <Field label={t('name')} hint={t('nameHint')} maxLength={200} autoFocus isRequired {...field('name')} />
      <Field
        label={t('phoneNumberId')}
        hint={t('idHint')}
        inputMode="numeric"
        isRequired
        {...field('phoneNumberId')}
      />
      <Field label={t('accountId')} inputMode="numeric" isRequired {...field('businessAccountId')} />
      <Field
        label={t('token')}
        hint={t('newTokenHint')}
        type="password"
        isRequired
        {...field('accessToken')}
      />
      <Field label={t('verifyToken')} hint={t('verifyTokenHint')} {...field('verifyToken')} />
    </FormDialog>
  );
}
