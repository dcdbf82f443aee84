import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import css from './Channel.module.css';
import { phoneSessionsQuery, useLinkPhone } from './signup';

function Code({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('channels');
  const { exact } = useFormats();
  const { mutate: link, data: made, error, isIdle } = useLinkPhone();
  const sessions = useQuery(phoneSessionsQuery);
  const cache = useQueryClient();
  useEffect(() => {
    if (isIdle) link();
  }, [isIdle, link]);
  const now = sessions.data?.sessions.find(({ id }) => id === made?.id) ?? made;
  const isConnected = now?.status === 'connected';
  useEffect(() => {
    // The phone has connected a number meanwhile: the list does not show it yet.
    if (isConnected) void cache.invalidateQueries({ queryKey: keys.channels });
  }, [cache, isConnected]);
  if (error) return <ErrorPanel error={error} onRetry={() => link()} />;
  if (!made || !now) return <Skeleton kind="card" count={1} />;
  if (now.status === 'connecting' && made.qr !== null && made.link !== null) {
    return (
      <>
        <p>{t('link.scan')}</p>
        <img className={css['code']} src={made.qr} alt={t('link.code')} />
        <p className={css['note']}>{t('link.expires', { time: exact(made.expiresAt ?? made.createdAt) })}</p>
        <CopyText text={made.link} />
      </>
    );
  }
  return (
    <>
      <p role="status">
        {now.error === null ? t(`link.state.${now.status}`) : t(`link.error.${now.error}`)}
        {now.phoneNumber !== null && ` ${now.phoneNumber}`}
      </p>
      <Button look="primary" onPress={onClose}>
        {t('done')}
      </Button>
    </>
  );
}

/** The QR code that links a phone, until it was scanned and its number is connected. */
export function LinkPhoneDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('channels');
  return (
    <Dialog title={t('link.title')} isOpen onClose={onClose}>
      <Code onClose={onClose} />
    </Dialog>
  );
}
