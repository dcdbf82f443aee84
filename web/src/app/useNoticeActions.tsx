import { Bell, BellOff, Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MenuAction } from '@/design/Menu';
import { showToast } from '@/design/toasts';
import { askForDesktop, playSound, readChoice, writeChoice, type Choice } from './notify';

/** The two choices of how one hears of a new message. */
export function useNoticeActions(user: string): MenuAction[] {
  const { t } = useTranslation('common');
  const [choice, setChoice] = useState(() => readChoice(user));
  const choose = (more: Partial<Choice>) => {
    const chosen = { ...choice, ...more };
    writeChoice(user, chosen);
    setChoice(chosen);
  };
  const sound = () => {
    choose({ sound: !choice.sound });
    if (!choice.sound) playSound();
  };
  const desktop = async () => {
    if (choice.desktop) choose({ desktop: false });
    else if (await askForDesktop()) choose({ desktop: true });
    else showToast(t('account.desktopRefused'), { look: 'error' });
  };
  return [
    {
      id: 'sound',
      label: choice.sound ? t('account.soundOff') : t('account.soundOn'),
      icon: choice.sound ? <VolumeX size={16} /> : <Volume2 size={16} />,
      run: sound,
    },
    {
      id: 'desktop',
      label: choice.desktop ? t('account.desktopOff') : t('account.desktopOn'),
      icon: choice.desktop ? <BellOff size={16} /> : <Bell size={16} />,
      run: () => void desktop(),
    },
  ];
}
