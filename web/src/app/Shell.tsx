import { Outlet } from '@tanstack/react-router';
import { WifiOff } from 'lucide-react';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { part, preloadParts } from '@/design/part';
import { ConfirmEmail } from './ConfirmEmail';
import { listenForKeys, useCommands, type Command } from './commands';
import { Nav } from './Nav';
import { RealtimeProvider, useRealtime } from './realtime';
import css from './Shell.module.css';

const Palette = part(() => import('./Palette').then(({ Palette }) => Palette));
const KeySheet = part(() => import('./KeySheet').then(({ KeySheet }) => KeySheet));

function ConnectionBar() {
  const { t } = useTranslation('common');
  const { connection } = useRealtime();
  const isDown = connection === 'offline' || connection === 'lost';
  return (
    <div role="status" className={css['connection']}>
      {isDown && (
        <p>
          <WifiOff size={16} aria-hidden /> {t(`connection.${connection}`)}
        </p>
      )}
    </div>
  );
}

/** The frame of every screen with a session: navigation, the state of the connection, palette and key sheet. */
export function Shell() {
  const { t } = useTranslation('common');
  const [overlay, setOverlay] = useState<'palette' | 'keys' | null>(null);
  const close = () => setOverlay(null);

  useEffect(listenForKeys, []);
  useEffect(preloadParts, []);
  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'palette',
        label: t('palette.open'),
        keys: 'Mod+K',
        section: 'general',
        run: () => setOverlay('palette'),
      },
      { id: 'keys', label: t('keySheet.open'), keys: '?', section: 'general', run: () => setOverlay('keys') },
    ],
    [t],
  );
  useCommands(commands);

  return (
    <RealtimeProvider>
      <a href="#content" className={css['skip']}>
        {t('skipToContent')}
      </a>
      <div className={css['shell']}>
        <Nav onPalette={() => setOverlay('palette')} onKeys={() => setOverlay('keys')} />
        <div className={css['main']}>
          <ConnectionBar />
          <ConfirmEmail />
          <main id="content" tabIndex={-1} className={css['content']}>
            <Outlet />
          </main>
        </div>
      </div>
      <Suspense>
        {overlay === 'palette' && <Palette onClose={close} />}
        {overlay === 'keys' && <KeySheet onClose={close} />}
      </Suspense>
    </RealtimeProvider>
  );
}
