import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { toApiError } from '@/api/problem';
import type { BusinessProfile, Channel } from '@/api/schema';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Skeleton } from '@/design/Skeleton';
import { showToast } from '@/design/toasts';
import { useChangeProfile } from './change';

/** The longest texts that WhatsApp takes, in characters. */
const LONGEST = { about: 139, address: 256, description: 512, email: 128, website: 256 };

const texts = ['about', 'description', 'address', 'email'] as const;
const fields = [...texts, 'websites', 'websites[0]', 'websites[1]'];

function Form({ channel, profile, onClose }: Props & { profile: BusinessProfile }) {
  const { t } = useTranslation('channels');
  const change = useChangeProfile(channel.id);
  const [form, setForm] = useState({
    about: profile.about ?? '',
    description: profile.description ?? '',
    address: profile.address ?? '',
    email: profile.email ?? '',
  });
  const [sites, setSites] = useState([profile.websites[0] ?? '', profile.websites[1] ?? '']);
  const wrong = change.error ? toApiError(change.error).fields : new Map<string, string>();
  const send = () => {
    const changed = texts.filter((field) => form[field].trim() !== (profile[field] ?? ''));
    const websites = sites.map((site) => site.trim()).filter((site) => site !== '');
    const sitesChanged = websites.join(' ') !== profile.websites.join(' ');
    if (changed.length === 0 && !sitesChanged) {
      onClose();
      return;
    }
    const body = {
      ...Object.fromEntries(changed.map((field) => [field, form[field].trim()])),
      ...(sitesChanged ? { websites } : {}),
    };
    change.mutate(body, {
      onSuccess: () => {
        showToast(t('profileSent', { name: channel.name }));
        onClose();
      },
    });
  };
  return (
    <FormDialog
      title={t('profileOf', { name: channel.name })}
      submit={t('saveProfile')}
      isPending={change.isPending}
      error={change.error}
      fields={fields}
      onSubmit={send}
      onClose={onClose}
    >
      {texts.map((field) => (
        <Field
          key={field}
          label={t(`profile.${field}`)}
          maxLength={LONGEST[field]}
          value={form[field]}
          onChange={(value) => setForm({ ...form, [field]: value })}
          error={wrong.get(field)}
          isRequired={field === 'about' && profile.about !== null}
          {...(field === 'description' ? { lines: 3 } : {})}
          {...(field === 'email' ? { type: 'email' as const } : {})}
        />
      ))}
      {sites.map((site, at) => (
        <Field
          key={at}
          label={t('profile.website', { number: at + 1 })}
          placeholder="https://"
          maxLength={LONGEST.website}
          value={site}
          onChange={(value) => setSites(sites.map((one, other) => (other === at ? value : one)))}
          error={wrong.get(`websites[${at}]`) ?? (at === 0 ? wrong.get('websites') : undefined)}
        />
      ))}
    </FormDialog>
  );
}

interface Props {
  channel: Channel;
  onClose: () => void;
}

/** The business profile of a number, which customers see, to be changed. */
export function ProfileDialog({ channel, onClose }: Props) {
  const { t } = useTranslation(['channels', 'common']);
  const profile = useQuery({
    queryKey: keys.channelProfile(channel.id),
    queryFn: () => call(api.GET('/api/channels/{id}/profile', { params: { path: { id: channel.id } } })),
    staleTime: 0,
  });
  // Once shown, the form stays while the profile is read again, so that nothing typed is lost.
  if (profile.data && profile.isFetchedAfterMount) {
    return <Form channel={channel} profile={profile.data} onClose={onClose} />;
  }
  const cancel = <Button onPress={onClose}>{t('common:cancel')}</Button>;
  return (
    <Dialog title={t('profileOf', { name: channel.name })} isOpen onClose={onClose} actions={cancel}>
      {profile.isError ? (
        <ErrorPanel error={profile.error} onRetry={() => void profile.refetch()} />
      ) : (
        <Skeleton kind="card" count={1} />
      )}
    </Dialog>
  );
}
