import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';

/** The signing secret, once: it can be read nowhere afterwards. */
export function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const done = (
    <Button look="primary" onPress={onClose}>
      {t('secretKept')}
    </Button>
  );
  return (
    <Dialog title={t('secretTitle')} isOpen onClose={onClose} actions={done}>
      <p>{t('secretText')}</p>
      <CopyText text={secret} label={t('secret')} />
    </Dialog>
  );
}
