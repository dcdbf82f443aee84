import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis, Keyboard, Search } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Focusable } from 'react-aria-components/Focusable';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { Count } from '@/design/Badge';
import { IconButton } from '@/design/IconButton';
import { Menu } from '@/design/Menu';
import { Tooltip } from '@/design/Tooltip';
import { AccountMenu } from './AccountMenu';
import { keyLabel, useCommands, type Command } from './commands';
import { useMe } from './me';
import css from './Nav.module.css';
import { navItems, type NavItem } from './navigation';
import { useBadge } from './badge';

/** On a phone the bar at the bottom has room for this many; the rest is behind "More". */
const ON_PHONE = 4;

const KEYS: Partial<Record<NavItem['name'], string>> = { inbox: 'Alt+C', leads: 'Alt+V', settings: 'Alt+S' };

export function useCounts() {
  const queryFn = () => call(api.GET('/api/conversations/counts'));
  return useQuery({ queryKey: keys.counts, queryFn });
}

export function Nav({ onPalette, onKeys }: { onPalette: () => void; onKeys: () => void }) {
  const { t } = useTranslation(['common', 'inbox']);
  const navigate = useNavigate();
  const me = useMe();
  const unread = useCounts().data?.allUnread ?? 0;
  useBadge(unread);
  const items = useMemo(() => navItems.filter(({ needs }) => me.permissions.includes(needs)), [me]);
  const commands = useMemo<Command[]>(
    () =>
      items.map(({ name, to }) => ({
        id: `go-${name}`,
        label: t('palette.goTo', { page: t(`nav.${name}`) }),
        section: 'general',
        ...(KEYS[name] && { keys: KEYS[name] }),
        run: () => void navigate({ to }),
      })),
    [items, navigate, t],
  );
  useCommands(commands);
  const hidden = items.slice(ON_PHONE);

  return (
    <nav aria-label={t('nav.label')} className={css['nav']}>
      <span className={css['logo']} aria-hidden>
        L
      </span>
      <ul className={css['items']}>
        {items.map(({ name, to, icon: Icon }, index) => (
          <li key={name} data-beyond={index >= ON_PHONE || undefined}>
            <Tooltip text={t(`nav.${name}`)}>
              <Focusable>
                <Link to={to} className={css['item']} activeProps={{ 'data-active': true }}>
                  <Icon size={20} aria-hidden />
                  <span className="visually-hidden">{t(`nav.${name}`)}</span>
                  {name === 'inbox' && unread > 0 && (
                    <span className={css['count']}>
                      <Count value={unread} label={t('inbox:unread', { count: unread })} />
                    </span>
                  )}
                </Link>
              </Focusable>
            </Tooltip>
          </li>
        ))}
      </ul>
      <div className={css['tools']}>
        {hidden.length > 0 && (
          <span className={css['phoneOnly']}>
            <Menu
              label={t('nav.more')}
              trigger={<IconButton label={t('nav.more')} icon={<Ellipsis size={20} />} />}
              actions={hidden.map(({ name, to }) => ({
                id: name,
                label: t(`nav.${name}`),
                run: () => void navigate({ to }),
              }))}
            />
          </span>
        )}
        <IconButton
          label={t('palette.open')}
          icon={<Search size={20} />}
          shortcut={keyLabel('Mod+K')}
          onPress={onPalette}
        />
        <span className={css['wideOnly']}>
          <IconButton
            label={t('keySheet.open')}
            icon={<Keyboard size={20} />}
            shortcut="?"
            onPress={onKeys}
          />
        </span>
        <AccountMenu />
      </div>
    </nav>
  );
}
