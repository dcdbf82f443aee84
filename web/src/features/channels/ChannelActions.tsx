import { Ellipsis, KeyRound, Link2, Pause, Play, RefreshCw, Store, Unplug } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@/api/schema';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { IconButton } from '@/design/IconButton';
import { Menu, type MenuAction } from '@/design/Menu';
import { part } from '@/design/part';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { useCheck, useDisconnect, useToggle } from './change';
import { TokenDialog } from './TokenDialog';

const SetupDialog = part(() => import('./SetupDialog').then(({ SetupDialog }) => SetupDialog));
const ProfileDialog = part(() => import('./ProfileDialog').then(({ ProfileDialog }) => ProfileDialog));

/** What can be done with a number: check, replace its token, change its profile, pause, disconnect. */
export function ChannelActions({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const errorText = useErrorText();
  const [open, setOpen] = useState<'token' | 'profile' | 'setup' | 'disconnect' | null>(null);
  const check = useCheck(channel.id);
  const toggle = useToggle(channel.id);
  const disconnect = useDisconnect(channel.id);
  const failed = (error: unknown) =>
    showToast(errorText(error).text || errorText(error).title, { look: 'error' });
  const close = () => {
    disconnect.reset();
    setOpen(null);
  };
  const pauseOrResume = () =>
    toggle.mutate(undefined, {
      onSuccess: (changed) =>
        showToast(t(changed.paused ? 'pausedNow' : 'resumedNow', { name: channel.name })),
      onError: failed,
    });
  const actions: MenuAction[] = [
    {
      id: 'token',
      icon: <KeyRound size={16} />,
      label: t('replaceToken'),
      run: () => setOpen('token'),
    },
    {
      id: 'profile',
      icon: <Store size={16} />,
      label: t('editProfile'),
      run: () => setOpen('profile'),
    },
    {
      id: 'setup',
      icon: <Link2 size={16} />,
      label: t('setup.menu'),
      run: () => setOpen('setup'),
    },
    {
      id: 'toggle',
      icon: channel.paused ? <Play size={16} /> : <Pause size={16} />,
      label: t(channel.paused ? 'resume' : 'pause'),
      run: pauseOrResume,
    },
    {
      id: 'disconnect',
      icon: <Unplug size={16} />,
      label: t('disconnect'),
      isDanger: true,
      run: () => setOpen('disconnect'),
    },
  ];
  const isChecking = check.isPending || channel.checking;
  return (
    <>
      {(channel.refusal?.reason === 'unauthorised' || channel.tokenExpiresSoon) && (
        <Button look="primary" icon={<KeyRound size={16} aria-hidden />} onPress={() => setOpen('token')}>
          {t('replaceToken')}
        </Button>
      )}
      {channel.paused && (
        <Button icon={<Play size={16} aria-hidden />} isPending={toggle.isPending} onPress={pauseOrResume}>
          {t('resume')}
        </Button>
      )}
      <Button
        icon={<RefreshCw size={16} aria-hidden />}
        isPending={isChecking}
        onPress={() => check.mutate(undefined, { onError: failed })}
      >
        {t('checkNow')}
      </Button>
      <Menu
        label={t('actionsOf', { name: channel.name })}
        actions={actions}
        trigger={<IconButton label={t('actionsOf', { name: channel.name })} icon={<Ellipsis size={16} />} />}
      />
      {open === 'token' && <TokenDialog channel={channel} onClose={close} />}
      {open === 'profile' && (
        <Suspense>
          <ProfileDialog channel={channel} onClose={close} />
        </Suspense>
      )}
      {open === 'setup' && (
        <Suspense>
          <SetupDialog channel={channel} onClose={close} />
        </Suspense>
      )}
      {open === 'disconnect' && (
        <Confirm
          title={t('disconnectOf', { name: channel.name })}
          action={t('disconnect')}
          isPending={disconnect.isPending}
          error={disconnect.error}
          onConfirm={() =>
            disconnect.mutate(undefined, {
              onSuccess: () => showToast(t('disconnected', { name: channel.name })),
            })
          }
          onClose={close}
        >
          {t('disconnectText')}
        </Confirm>
      )}
    </>
  );
}
