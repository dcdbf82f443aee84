import { useNavigate } from '@tanstack/react-router';
import { CircleUser, Languages, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components/Button';
import { session } from '@/api/session';
import { Avatar } from '@/design/Avatar';
import { Menu, type MenuAction } from '@/design/Menu';
import { chooseTheme } from '@/design/theme';
import { chooseLanguage, languages } from '@/i18n/i18n';
import css from './AccountMenu.module.css';
import { useMe } from './me';
import { useNoticeActions } from './useNoticeActions';

export function AccountMenu() {
  const { t, i18n } = useTranslation('common');
  const me = useMe();
  const notices = useNoticeActions(me.id);
  const navigate = useNavigate();
  const actions: MenuAction[] = [
    {
      id: 'account',
      label: t('nav.account'),
      icon: <CircleUser size={16} />,
      run: () => void navigate({ to: '/account' }),
    },
    {
      id: 'system',
      label: t('account.themeSystem'),
      icon: <Monitor size={16} />,
      run: () => chooseTheme('system'),
    },
    { id: 'light', label: t('account.themeLight'), icon: <Sun size={16} />, run: () => chooseTheme('light') },
    { id: 'dark', label: t('account.themeDark'), icon: <Moon size={16} />, run: () => chooseTheme('dark') },
    ...languages
      .filter(({ id }) => id !== i18n.language)
      .map(({ id, label }) => ({
        id,
        label,
        icon: <Languages size={16} />,
        run: () => void chooseLanguage(id),
      })),
    ...notices,
    { id: 'out', label: t('account.signOut'), icon: <LogOut size={16} />, run: () => void session.end() },
  ];
  const trigger = (
    <Button className={css['button'] ?? ''} aria-label={t('account.menu', { name: me.name })}>
      <Avatar name={me.name} seed={me.id} />
    </Button>
  );
  return <Menu label={t('nav.account')} trigger={trigger} actions={actions} />;
}
